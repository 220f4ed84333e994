"""Errors in an officer's code are explained in Vietnamese, and a task whose code handed nothing in is known."""

from __future__ import annotations

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
from buuchinh.notebook.desk import lay_out
from buuchinh.notebook.explained import explanation
from buuchinh.notebook.forgotten import cells_of_tasks
from buuchinh.notebook.parts import MIME

CODE = "GL-0123-Q"
CASES = [
    ("print(bangg)", "NameError", ("bangg", "“bang”", "dòng 1")),
    ("x = 1\nbang['tinnh']", "KeyError", ("tinnh", "“tinh”", "dòng 2")),
    ("print('a'", "SyntaxError", ("Dòng 1",)),
    ("if True:\nprint(1)", "IndentationError", ("Dòng 2", "thụt")),
    ("1 + 'a'", "TypeError", ("loại dữ liệu",)),
    ("bang.colums", "AttributeError", ("colums", "“columns”")),
    ("open('khong-co.csv')", "FileNotFoundError", ("khong-co.csv", "load(")),
    ("int('3,5 kg')", "ValueError", ("3,5 kg",)),
    ("[][1]", "IndexError", ("vị trí",)),
    ("1 / 0", "ZeroDivisionError", ("Mẫu số",)),
    ("import khongco", "ModuleNotFoundError", ("khongco",)),
    ("raise KeyboardInterrupt", "KeyboardInterrupt", ("dừng giữa chừng",)),
]
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


def test_a_chart_s_last_line_leaves_no_english_name_beside_it(kernel: NotebookClient) -> None:
    assert run(kernel, "import matplotlib\nmatplotlib.use('agg')\nfrom matplotlib.figure import Figure") == []
    for line in ("set_ylabel('vụ')", "bar(['a'], [1])"):
        told = run(kernel, f"Figure().add_subplot().{line}")
        assert [one.data.get("text/plain", "") for one in told] in ([], [""])
    (shown,) = run(kernel, "[1, 'vụ']")
    assert shown.data["text/plain"] == "[1, 'vụ']"


def test_a_place_left_to_fill_in_is_told_kindly_and_is_no_error(kernel: NotebookClient) -> None:
    assert run(kernel, "bang = [1, 2]") == []
    (told,) = run(kernel, "# Gõ tên bảng vào ___\nso_dong = len(bang)\nprint_of = len(___)")
    assert told.output_type == "display_data"
    assert "chỗ ___ chưa điền (dòng 3)" in told.data["text/plain"]
    (count,) = run(kernel, "so_dong")
    assert count.data["text/plain"] == "2", "what stands before it has run"


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
