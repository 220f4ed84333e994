"""Errors in an officer's code are explained in Vietnamese, and a task whose code handed nothing in is known."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import KernelManager, start_new_kernel
from kit.course import ROOT
from nbclient import NotebookClient

from buuchinh import course
from buuchinh.errors import KitError
from buuchinh.notebook.display_parts import MIME
from buuchinh.notebook.explain_error import explanation
from buuchinh.notebook.missing_submit import cells_of_tasks
from buuchinh.notebook.workspace import lay_out

CODE = "GL-0123-Q"
CASES = [
    ("print(bangg)", "NameError", ("bangg", "“bang”", "bắt đầu bằng “print(bangg)”")),
    ("x = 1\nbang['tinnh']", "KeyError", ("tinnh", "“tinh”", "bắt đầu bằng “bang['tinnh']”")),
    ("print('a'", "SyntaxError", ("thiếu ngoặc đóng", "bắt đầu bằng “print('a'”")),
    ("if True:\nprint(1)", "IndentationError", ("“print(1)”", "thụt")),
    ("1 + 'a'", "TypeError", ("đem chữ ra tính",)),
    ("sum(1)", "TypeError", ("loại dữ liệu",)),
    ("bang.colums", "AttributeError", ("colums", "“columns”")),
    ("open('khong-co.csv')", "FileNotFoundError", ("khong-co.csv", "load(")),
    ("int('3,5 kg')", "ValueError", ("3,5 kg", "thành số")),
    ("[].index(2)", "ValueError", ("giá trị thì không",)),
    ("[][1]", "IndexError", ("vị trí",)),
    ("1 / 0", "ZeroDivisionError", ("Mẫu số",)),
    ("import khongco", "ModuleNotFoundError", ("khongco",)),
    ("raise KeyboardInterrupt", "KeyboardInterrupt", ("dừng giữa chừng",)),
]
SLIPS = [
    ("bang.drop_duplicates()()", ("Thừa một cặp ngoặc tròn",), ("thiếu",)),
    ("d['Khâu']", ("“Khâu”", "“khâu”", "khâu, số vụ"), ("“Khâu”?",)),
    ("d['so vu']", ("“số vụ”?", "khâu, số vụ"), ("so_vu",)),
    ("d[['so vu', 'khâu']]", ("“so vu”", "“số vụ”?"), ("not in index",)),
    ("bang['tinh'].lower()", ("tên_cột.str.lower",), ("where",)),
    ("bang['ngay'].to_perio('Q')", ("“to_period”?",), ()),
    ("bang['ngay'].year", ("tên_cột.dt.year",), ()),
    ("x = 10 * 0,4\ny = 5\nx + 0.5", ("0.4, không gõ 0,4", "bắt đầu bằng “x = 10 * 0,4”"), ("x + 0.5",)),
    ("x = 10 * 0,4\nx * 0.5", ("0.4, không gõ 0,4", "“x = 10 * 0,4”"), ()),
    ("bang['ngay'].dt.to_period('quý')", ("chữ “quý”", "một chữ cái"), ("3,5 kg",)),
    ("bang[“tinh”]", ("“ là dấu nháy cong",), ()),
    ("1 – 2", ("dấu lạ –",), ()),
    ("bang[tinh_cu]", ("“tinh_cu” là tên cột", '["tinh_cu"]'), ()),
    ("bang.loc[khau = 'thu gom', 'kg']", ("hai dấu bằng ==",), ()),
    ("print len(bang)", ("print(…)",), ()),
    ("bang[bang['so'] >= '0']", ("so số với chữ",), ()),
    ("bang['chu'] > 3", ("so số với chữ",), ()),
    ("(bang['so'] <= 30 phút).mean()", ("“30 phút”", "chỉ nhận con số"), ()),
    ("x = 30phút", ("“30phút”",), ()),
    ("for i in range(3) print(i)", ("dấu hai chấm",), ("chỉ nhận con số",)),
    ("may.poisson(185, 10.000)", ("10000 hay 10_000",), ()),
    ("x = 1.000.000", ("10000 hay 10_000",), ()),
    ("bang['chu'] / 2", ("đem chữ ra tính", "pd.to_numeric"), ()),
    ("bang['chu'].mean()", ("đem chữ ra tính",), ()),
    ("bang['chu'] * 2.5", ("đem chữ ra tính",), ()),
    ("bang['tinh'].nunique + 1", ("thiếu cặp ngoặc ()",), ()),
    ("pd.to_numeric(bang['chu'])", ("“0,19”", "dấu chấm"), ()),
    ("len(bang, 1)", ("Phần trong ngoặc",), ()),
]
"""Slips of people who learn: what is said to them, and what must not be, since it leads astray."""
NAMED_BY_313 = {"SyntaxError": "_IncompleteInputError"}
"""Kinds that Python 3.13 has made of an older one: text that ends before its bracket is closed."""


@pytest.fixture
def kernel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[NotebookClient]:
    """A kernel with the settings that the lab lays."""
    profile = tmp_path / "ipython" / "profile_default"
    profile.mkdir(parents=True)
    shutil.copy(ROOT / "buuchinh/lab/kernel/ipython_kernel_config.json", profile)
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    client = NotebookClient(nbformat.v4.new_notebook(), km=KernelManager(), allow_errors=True, timeout=120)
    with client.setup_kernel():
        yield client


def run(client: NotebookClient, source: str) -> list[Any]:
    cell = nbformat.v4.new_code_cell(source)
    client.nb.cells.append(cell)
    client.execute_cell(cell, len(client.nb.cells) - 1)
    return list(cell.outputs)


@pytest.mark.slow
def test_each_usual_error_is_explained_above_pythons_words(kernel: NotebookClient) -> None:
    assert run(kernel, "import pandas as pd\nbang = pd.DataFrame({'tinh': ['GL']})") == []
    for source, name, words in CASES:
        told, error = run(kernel, source)
        assert error.ename in {name, NAMED_BY_313.get(name)}
        assert len("\n".join(error.traceback).splitlines()) <= 4, "the end of Python's report stands in the open"
        assert 'class="bc-explained" lang="vi" role="alert"' in told.data["text/html"]
        for word in words:
            assert word in told.data["text/plain"], (name, told.data["text/plain"])
    told, _ = run(kernel, "bang['tinnh']")
    assert "<details><summary>Báo lỗi đầy đủ của Python (tiếng Anh)</summary>" in told.data["text/html"]
    assert "get_loc" in told.data["text/html"], "all of Python's report is there, folded"
    assert "\x1b" not in told.data["text/html"]
    (plain,) = run(kernel, "raise SystemError('lạ')")
    assert plain.ename == "SystemError", "what is not usual is left as it is"


@pytest.mark.slow
def test_known_slips_are_told_by_their_cause(kernel: NotebookClient) -> None:
    given = "import numpy as np\nimport pandas as pd\nmay = np.random.default_rng(1)\n"
    given += "d = pd.DataFrame({'khâu': ['a'], 'số vụ': [1]})\n"
    table = "{'tinh': ['GL'], 'chu': ['0,19'], 'so': [1], 'tinh_cu': ['a'], 'so_vu': [2]}"
    given += f"bang = pd.DataFrame({table})\nbang['ngay'] = pd.to_datetime(['2025-01-02'])"
    assert run(kernel, given) == []
    for source, words, wrong in SLIPS:
        said = run(kernel, source)[0].data["text/plain"]
        assert [word for word in words if word not in said] == [], (source, said)
        assert [word for word in wrong if word in said] == [], (source, said)
        assert not re.search(r"[Dd]òng \d", said), "cells show no numbers of lines"


def test_a_number_of_numpy_is_shown_as_a_number(kernel: NotebookClient) -> None:
    (shown,) = run(kernel, "import numpy as np\n(np.float64(234.55), np.int64(3), np.bool_(True))")
    assert shown.data["text/plain"] == "(234.55, 3, True)"


def test_a_chart_s_last_line_leaves_no_english_name_beside_it(kernel: NotebookClient) -> None:
    assert run(kernel, "import matplotlib\nmatplotlib.use('agg')\nfrom matplotlib.figure import Figure") == []
    for line in ("set_ylabel('vụ')", "bar(['a'], [1])"):
        told = run(kernel, f"Figure().add_subplot().{line}")
        assert [one.data.get("text/plain", "") for one in told] in ([], [""])
    (shown,) = run(kernel, "[1, 'vụ']")
    assert shown.data["text/plain"] == "[1, 'vụ']"


def test_a_place_left_to_fill_in_is_told_kindly_and_is_no_error(kernel: NotebookClient) -> None:
    assert run(kernel, "bang = [1, 2]") == []
    (told,) = run(kernel, "so_dong = len(bang)\n# Gõ tên bảng\nprint_of = len(___)\nx = ___")
    assert told.output_type == "display_data"
    said = told.data["text/plain"]
    assert "chỗ ___ chưa điền. Máy dừng trước dòng bắt đầu bằng “print_of = len(___)”" in said
    assert "“Gõ tên bảng”" in said
    assert "còn 1 dòng nữa" in said
    (count,) = run(kernel, "so_dong")
    assert count.data["text/plain"] == "2", "what stands before it has run"


def test_a_place_left_hides_no_other_fault(kernel: NotebookClient) -> None:
    (plain,) = run(kernel, "x = ___")
    assert "Dòng #" not in plain.data["text/plain"], "no line is named that is not there"
    assert "khi chưa có" not in plain.data["text/plain"]
    (lacks,) = run(kernel, "y = sach.copy()\nx = ___")
    assert "còn dùng “sach” khi chưa có" in lacks.data["text/plain"]
    (unsorted,) = run(kernel, "y = gia_tri[1] * ___\ngia_tri = [1, 2]")
    assert "còn dùng “gia_tri” khi chưa có" in unsorted.data["text/plain"]
    told, error = run(kernel, "y = 1\n  z = 2\nx = ___")
    assert error.ename == "IndentationError"
    assert "“z = 2”" in told.data["text/plain"]
    told, error = run(kernel, "y = 1 / 0\nx = ___")
    assert error.ename == "ZeroDivisionError"
    assert "“y = 1 / 0”" in told.data["text/plain"]


@pytest.mark.parametrize("line", ["print(ten.lower)", "ten.lower", "print(bang.describe)", "bang.describe"])
def test_a_command_without_its_brackets_is_told_kindly_and_not_in_english(kernel: NotebookClient, line: str) -> None:
    assert run(kernel, "import pandas as pd\nten, bang = 'A', pd.Series([1])\nprint") != []
    shown = run(kernel, line)
    told = shown[-1].data["text/plain"]
    assert f"Thêm cặp ngoặc () ngay sau tên: {line.rpartition('.')[2].strip(')')}()" in told
    assert "method" not in str(shown)
    (printed,) = run(kernel, "print('Còn:', ten.lower(), sep='')")
    assert printed.text == "Còn:a\n"


def test_markup_in_an_error_is_words(kernel: NotebookClient) -> None:
    told, _ = run(kernel, "{}['<img src=x onerror=alert(1)>']")
    assert "<img" not in told.data["text/html"]
    assert "&lt;img" in told.data["text/html"]


def test_what_explains_itself_is_not_explained_twice() -> None:
    assert explanation(KitError("một câu"), {}) == []


def test_a_cell_belongs_to_the_question_below_it() -> None:
    found = cells_of_tasks(ROOT / "exercises" / "bt06" / "bt06.ipynb")
    assert found == {f"bt06-q{n}-lam": f"bt06-q{n}" for n in (1, 2, 33, 4, 5, 6, 37, 38, 39)}


Mounts = list[dict[str, Any]]


def executed(kernel: BlockingKernelClient, source: str, cell: str = "") -> tuple[str, Mounts]:
    """Run ``source`` as JupyterLab does, which names the cell; return what is printed and which parts are shown."""
    content = {"code": source, "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False}
    request = kernel.session.msg("execute_request", content, metadata={"cellId": cell} if cell else {})
    kernel.shell_channel.send(request)
    printed, shown = "", []
    while True:
        said = kernel.get_iopub_msg(timeout=120)
        if said["parent_header"].get("msg_id") != request["header"]["msg_id"]:
            continue
        assert said["msg_type"] != "error", said["content"]
        printed += said["content"]["text"] if said["msg_type"] == "stream" else ""
        if said["msg_type"] == "display_data" and MIME in said["content"]["data"]:
            shown.append(said["content"]["data"][MIME])
        if said["msg_type"] == "status" and said["content"]["execution_state"] == "idle":
            return printed, shown


def told(part: str) -> Mounts:
    return [{"version": 1, "part": part, "id": "bt06-q1"}]


def test_the_page_is_told_of_submit_and_when_it_was_forgotten(course_copy: Path, monkeypatch: Any) -> None:
    monkeypatch.setenv("BUUCHINH_COURSE", str(course_copy))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.chdir(course_copy)
    course.set_current_code(CODE)
    path = lay_out("bt06")
    sources = {cell.id: cell.source for cell in nbformat.read(path, as_version=4).cells}
    manager, kernel = start_new_kernel(cwd=str(path.parent))
    try:
        executed(kernel, sources["bt06-chuan-bi"], "bt06-chuan-bi")
        before = executed(kernel, sources["bt06-q1-lam"], "bt06-q1-lam")[1]
        assert before == [], "a cell with places to fill in is not reproached"
        assert executed(kernel, sources["bt06-q1"], "bt06-q1")[1] == told("question")
        assert executed(kernel, "so_dong = len(bang)", "bt06-q1-lam")[1] == told("not_submitted")
        assert executed(kernel, "so_dong = len(bang)")[1] == [], "of a cell that belongs to no task nothing is told"
        values = 'submit("bt06-q1", so_dong=len(bang), so_dong_lap=1, so_vu=2)'
        printed, shown = executed(kernel, values, "bt06-q1-lam")
        assert "Đã ghi giá trị của câu 1" in printed
        assert shown == told("submitted")
    finally:
        kernel.stop_channels()
        manager.shutdown_kernel(now=True)
