"""Pages show the tables of the cells that an exercise is given, for they have no kernel."""

from __future__ import annotations

from buuchinh import course
from buuchinh.learner.data import unit as unit_pages
from buuchinh.learner.data.types import UnitPage
from buuchinh.site import earlier_sheets, given_cells


def text_before(page: UnitPage, question: str) -> str:
    parts = next(one["parts"] for one in page["screens"] if {"ask": question} in one["parts"])
    return "".join(part.get("html", "") for part in parts[: parts.index({"ask": question})])


def test_the_simulated_table_stands_before_the_question_that_asks_about_it() -> None:
    made, _ = unit_pages.exercise("bt07", given_cells.displayed(course.exercise_folder("bt07") / "bt07.ipynb"))
    told = text_before(made, "bt07-q13")
    assert "cách xử lý (MÔ PHỎNG)" in told
    assert "trung vị số phút đến lúc báo" in told
    assert told.count("<tbody>") == 2  # with the officers' list of columns: what the cell ends with is for their code


def test_who_began_an_earlier_version_reads_its_table_too() -> None:
    for version in ("1.0.0", "1.7.0"):
        assert "cách xử lý (MÔ PHỎNG)" in text_before(earlier_sheets.page("bt07", version)[0], "bt07-q13")


def test_no_page_speaks_of_cells_that_it_does_not_have() -> None:
    for unit in ("bt01", "bt07"):
        made, _ = unit_pages.exercise(unit, given_cells.displayed(course.exercise_folder(unit) / f"{unit}.ipynb"))
        for leftover in ("ô mã ở cuối", "ô mã bên dưới", "ô mã ở Phần", "được chép vào đây", "ở ô phía trên"):
            assert leftover not in str(made)


def test_cells_that_only_import_are_not_run() -> None:
    assert given_cells.displayed(course.exercise_folder("bt01") / "bt01.ipynb") == {}
