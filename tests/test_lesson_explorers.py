"""The explorers of lessons 2, 3, 5, 7 and 8: a picture everywhere, lists where a kernel runs, code that can be read."""

from __future__ import annotations

import ast
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
import pytest
from kit.kernel import Kernel, Message, opened
from nbconvert import HTMLExporter

from buuchinh import law, load
from buuchinh.authoring.execute_notebooks import execute
from buuchinh.charts.explored import Origin, explored, origin_of
from buuchinh.errors import KitError
from buuchinh.learner.data import notebook_pages
from buuchinh.learner.server import cell_parts
from buuchinh.site import chart_files

ROOT = Path(__file__).parents[1]
LESSONS = {name[:2]: ROOT / "lessons" / f"{name}.ipynb" for name in (
    "02-khung-phap-ly", "03-hang-cam-va-che-tai", "05-buu-gui-nghi-van", "07-phoi-hop-lien-nganh", "08-tuyen-truyen",
)}  # fmt: skip
SAYS = {
    "02": ("Ngày = 16-08-2023", "Theo bảng pháp luật của khóa học", "datasets/law/documents.csv"),
    "03": ("Mức của = tổ chức", "Theo bảng pháp luật của khóa học", "datasets/law/provisions.csv"),
    "05": ("Có chuyện, trong 10.000 = 10", "Số GIẢ ĐỊNH", "datasets/drills/signs.csv"),
    "07": ("Báo trong mấy phút = 60", "MÔ PHỎNG, máy tạo ra", "datasets/statistics/incidents-simulated.csv"),
    "08": ("Nơi phát = Hà Nội", "MÔ PHỎNG, máy tạo ra", "datasets/statistics/incidents-simulated.csv"),
}
WIDGET = "application/vnd.jupyter.widget-view+json"
each = pytest.mark.parametrize("number", sorted(LESSONS))


def explorer(number: str) -> Any:
    cells = nbformat.read(LESSONS[number], as_version=4).cells
    (cell,) = [one for one in cells if "kham-pha" in one.metadata.get("tags", ())]
    return cell


def code_of(number: str) -> dict[str, Any]:
    """Run an explorer's cell but for its last line, which shows it."""
    body = ast.parse(explorer(number).source).body
    names: dict[str, Any] = {}
    exec(compile(ast.Module(body[:-1], []), number, "exec"), names)
    return names


@each
def test_an_explorer_is_a_few_lines_of_folded_code_that_reads_a_table(number: str) -> None:
    cell = explorer(number)
    lines = [line for line in cell.source.splitlines() if line.strip() and not line.startswith(("from ", "import "))]
    assert len(lines) <= 12
    assert "load(" in cell.source
    assert cell.metadata["jupyter"]["source_hidden"]


@each
def test_its_picture_values_and_origin_stand_without_a_kernel_and_no_widget_does(number: str) -> None:
    (output,) = explorer(number).outputs
    shown = output.data["text/html"]
    assert WIDGET not in output.data
    for words in SAYS[number]:
        assert words in shown
    alt = re.search(r'<img alt="([^"]{40,})"', shown)
    assert alt
    assert alt[1] in output.data["text/plain"].replace("&", "&amp;")
    assert "<table>" in shown


@each
def test_a_page_shows_the_picture_as_a_file_that_comes_later_and_its_code_folded(number: str) -> None:
    read = notebook_pages.read(LESSONS[number])
    (at,) = [
        n
        for n, screen in enumerate(read.screens)
        if any("bc-explored" in part.get("html", "") for part in screen.parts)
    ]
    page, files = chart_files.extract_charts(
        {
            "id": "",
            "kind": "lesson",
            "title": "",
            "version": "",
            "screens": [{"title": "", "parts": read.screens[at].parts}],
        },
        chart_files.light,
    )
    (shown,) = [part["html"] for part in page["screens"][0]["parts"] if "bc-explored" in part.get("html", "")]
    assert 'loading="lazy" src="hinh/' in shown
    assert '<details class="hoc-explorer"><summary>' in shown
    assert all(words in shown for words in SAYS[number])
    assert all(len(data) < 60_000 for data in files.values())
    assert read.screens[at].extra == (number in {"02", "03", "05"}), "off the main path of the staff's lessons"


def test_nbconvert_shows_one_picture_and_no_widget() -> None:
    html, _ = HTMLExporter().from_filename(str(LESSONS["07"]))
    assert html.count("bc-explored") == 1
    assert "widget-view" not in html


def test_what_a_saved_copy_keeps_of_a_kernel_that_is_gone_is_its_picture() -> None:
    notebook = json.loads(LESSONS["07"].read_text(encoding="utf-8"))
    (cell,) = [one for one in notebook["cells"] if "kham-pha" in one["metadata"].get("tags", ())]
    cell["outputs"][0]["data"][WIDGET] = {"model_id": "gone"}
    cell_parts.show(notebook, ROOT / "lessons")
    assert sorted(cell["outputs"][0]["data"]) == ["text/html", "text/plain"]


@pytest.mark.slow
def test_a_program_that_runs_a_lesson_gets_the_committed_picture() -> None:
    made = nbformat.reads(execute(LESSONS["08"]), as_version=4)
    (cell,) = [one for one in made.cells if "kham-pha" in one.metadata.get("tags", ())]
    assert WIDGET not in cell.outputs[0].data
    assert cell.outputs[0].data["text/plain"] == explorer("08").outputs[0].data["text/plain"]


def drawn(number: str, *values: Any) -> tuple[str, pd.DataFrame]:
    draw = code_of(number)["ve"]
    told: list[tuple[str, pd.DataFrame]] = []

    def ve(*args: Any) -> tuple[str, pd.DataFrame]:
        told.append(draw(*args))
        return told[0]

    explored(ve, origin_of(["nguồn"]), values)
    return told[0]


@pytest.mark.parametrize("day", ["2023-08-16", "2024-12-31", "2025-01-01", "2026-06-30", "2026-07-01", "2026-11-25"])
def test_lesson_2_says_what_the_register_says_of_a_day(day: str) -> None:
    on = date.fromisoformat(day)
    _, table = drawn("02", on)
    ids = load("law/documents").set_index("number")["id"]
    for number, status in zip(table["number"], table["Ngày ấy"], strict=True):
        known = law.document(ids[number])
        begun = known.effective is not None and known.effective <= on
        over = known.expires is not None and known.expires <= on
        assert (status == "có hiệu lực") == (begun and not over)
        assert (status == "chưa có hiệu lực") == (not begun)


def test_lesson_3_tells_fines_of_both_decrees_and_half_for_a_person() -> None:
    for ref, times in (("ND174-2026/12.4.a", 1), ("ND174-2026/11.1.b", 0.5)):
        told, table = drawn("03", ref, times)
        row = law.provision(ref)
        assert row.amount_min is not None
        assert row.amount_max is not None
        assert f"{row.amount_min * times / 1e6:g} – {row.amount_max * times / 1e6:g} triệu đồng" in table["Mức"].iloc[1]
        assert law.cite(ref) in told
        assert "15/2020" in told
        assert ("suy ra" in told) == (times != 1)


def test_lesson_5_reckons_by_counts_and_calls_them_assumed() -> None:
    told, table = drawn("05", "Dây lộ ra ngoài vỏ", 10, 80, 10)
    assert table["Số kiện (giả định)"].tolist() == [8, 100, 2]
    assert "GIẢ ĐỊNH" in told


def test_lesson_7_counts_what_was_reported_in_time() -> None:
    told, table = drawn("07", 60, "2024-01-01")
    rows = load("statistics/incidents-simulated").drop_duplicates()
    minutes = pd.to_numeric(rows["minutes_to_report"])
    late = rows[(rows["action"] == "chuyển đi rồi mới báo") & (minutes >= 0)]
    assert table.loc["chuyển đi rồi mới báo", "Vụ"] == len(late) == 71
    assert table.loc["chuyển đi rồi mới báo", "Báo kịp"] == (minutes[late.index] <= 60).sum() == 18
    assert "MÔ PHỎNG" in told


def test_lesson_8_counts_the_same_months_on_both_sides_here_and_elsewhere() -> None:
    told, table = drawn("08", "Hà Nội", 2025 * 12 + 7, 6)
    assert list(table.loc["Hà Nội"]) == [9, 16]
    assert list(table.loc["các nơi khác"]) == [202, 243]
    assert "MÔ PHỎNG" in told


def test_a_picture_without_a_title_or_a_table_without_an_origin_is_refused() -> None:
    with pytest.raises(KitError, match="tiêu đề"):
        explored(lambda _axes: ("Câu.", pd.DataFrame()), Origin("nguồn", {}))
    with pytest.raises(KitError, match="nguồn"):
        origin_of([pd.DataFrame({"a": [1]})])


def test_words_beside_bars_stay_within_the_picture() -> None:
    def draw(axes: Any) -> tuple[str, pd.DataFrame]:
        axes.bar_label(axes.barh(["a", "b"], [-3, 40]), ["mười hai chữ dài ở bên trái", "mười hai chữ dài ở bên phải"])
        axes.set(title="Tiêu đề", xlabel="đơn vị")
        return "Câu.", pd.DataFrame({"Số": [-3, 40]})

    chart = explored(draw, Origin("nguồn", {}))
    chart.png()
    width = chart.figure.get_figwidth() * chart.figure.dpi
    for one in chart.figure.axes[0].texts:
        box = one.get_window_extent()
        assert box.x0 >= 0, one
        assert box.x1 <= width, one


@pytest.fixture(scope="module")
def kernel() -> Any:
    made = Kernel()
    yield made
    made.stop()


def pictures(messages: list[Message]) -> list[dict[str, Any]]:
    states = (one["content"]["data"].get("state", {}) for one in messages if one["msg_type"] == "comm_msg")
    return [state for state in states if "sentence" in state or "source" in state]


@each
@pytest.mark.slow
def test_in_a_real_kernel_a_value_that_is_chosen_draws_another_picture(kernel: Kernel, number: str) -> None:
    messages = kernel.run(explorer(number).source)
    (shown,) = [one["content"]["data"] for one in messages if one["msg_type"] == "display_data"]
    assert {"text/html", "text/plain", WIDGET} == set(shown), "one output: who knows no widget shows the picture"
    (first,) = pictures(messages)
    assert first["source"].startswith("data:image/png;base64,")
    name, chosen = next((name, state) for name, state in opened(messages) if "_options_labels" in state)
    assert len(chosen["_options_labels"]) > 1
    (redrawn,) = pictures(kernel.set(name, {"index": len(chosen["_options_labels"]) - 1}))
    assert redrawn["source"] != first["source"]
    assert redrawn["sentence"] != first["sentence"]


def test_in_a_real_kernel_code_that_fails_for_a_value_is_told_in_place_of_the_picture(kernel: Kernel) -> None:
    source = """
from buuchinh import explore
import pandas as pd
def ve(hinh, so):
    hinh.barh(["a"], [1 / so])
    hinh.set_title("Hình")
    return "Câu.", pd.DataFrame({"Số": [so]})
explore(ve, "nguồn", {"Số": [1, 0]})
"""
    states = opened(kernel.run(source))
    name = next(name for name, state in states if "_options_labels" in state)
    (told,) = pictures(kernel.set(name, {"index": 1}))
    assert told["source"] == ""
    assert "ZeroDivisionError" in told["sentence"]
