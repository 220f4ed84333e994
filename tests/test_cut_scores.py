"""A standard by judges (Angoff): their sheets, the cut score and its error, and who missed it narrowly."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from kit.exam import UNIT, answers_of, code_of, sit, words_of
from openpyxl import load_workbook

from buuchinh import printed
from buuchinh.cli import run
from buuchinh.errors import KitError
from buuchinh.exam import angoff, cut_scores, exam_builder, judges, record
from buuchinh.grading import grade_class
from buuchinh.intake import collect
from buuchinh.release import versions
from buuchinh.results import class_report, feedback_pages


def filled(root: Path, sheet: Path, columns: dict[str, list[Any]], name: str) -> Path:
    """Fill columns of the sheet and save it under ``name`` as Excel or as the CSV that Excel makes in Vietnam."""
    book = load_workbook(sheet)
    page = book.worksheets[0]
    head = [cell.value for cell in page[1]]
    for title, values in columns.items():
        for line, value in enumerate(values, 2):
            page.cell(line, head.index(title) + 1, value)
    path = root / "da-cham" / name
    path.parent.mkdir(exist_ok=True)
    if path.suffix == ".xlsx":
        book.save(path)
        return path
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    for row in page.values:
        writer.writerow([str(value).replace(".", ",") if isinstance(value, float) else value for value in row])
    path.write_bytes(text.getvalue().encode("utf-8-sig"))
    return path


def test_judges_sheets_come_back_from_excel_and_csv(exam_course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    exam_builder.build(UNIT, forms=1, seed="hat-giong")
    assert run(["exam", "angoff", UNIT]) == 0
    sheet = exam_course / "exam" / "angoff" / "phieu_thi1.xlsx"
    page = load_workbook(sheet).worksheets[0]
    assert [rule.showErrorMessage for rule in page.data_validations.dataValidation] == [True]
    width = sum(one.width for one in page.column_dimensions.values())
    assert (int(page.page_setup.paperSize), page.page_setup.orientation) == (9, "landscape")
    assert page.sheet_properties.pageSetUpPr.fitToPage, "one page wide"
    assert 11 * printed.room("9", upright=False) / width >= 8, "points of its letters"
    assert page.print_title_rows == "$1:$1"
    items = [row[0] for row in list(page.values)[1:]]
    assert items == sorted(record.read(UNIT).forms["a"])
    excel = {f"Người {n} (%)": [50 + 5 * n] * 8 for n in (1, 2, 3)}
    filled(exam_course, sheet, excel, "nhom.xlsx")
    filled(exam_course, sheet, {"Người 1 (%)": [72.5] * 8, "Người 2 (%)": [0.9] * 7 + [0.1]}, "them.csv")
    assert run(["exam", "angoff", UNIT, "--read", str(exam_course / "da-cham")]) == 0
    told = capsys.readouterr().out
    points = dict(zip(record.read(UNIT).forms["a"], [1, 1, 2, 2, 1.5, 1.5, 1, 1], strict=True))
    last = 0.9 - 0.8 * points[items[-1]] / 11
    own = [0.55, 0.6, 0.65, 0.725, last]
    mean = sum(own) / 5
    se = (sum((one - mean) ** 2 for one in own) / 4) ** 0.5 / 5**0.5
    found = cut_scores.standard(UNIT, "a", "1.0.0")
    assert found
    assert found.judges == 5
    assert [found.cut, found.se] == pytest.approx([mean, se], abs=1e-4)
    assert f"{100 * mean:.1f}".replace(".", ",") in told
    assert told.index(items[-1]) < told.index(items[0])
    assert not cut_scores.near(0.8 - se * 1.01, 0.8, found)
    assert cut_scores.near(0.8 - se * 0.99, 0.8, found)
    assert not cut_scores.near(0.8, 0.8, found)


def test_sheets_of_one_name_in_several_folders_are_several_judges(exam_course: Path) -> None:
    exam_builder.build(UNIT, forms=1, seed="hat-giong")
    assert run(["exam", "angoff", UNIT]) == 0
    sheet = exam_course / "exam" / "angoff" / "phieu_thi1.xlsx"
    items = [row[0] for row in list(load_workbook(sheet).worksheets[0].values)[1:]]
    folders = []
    for share, name in ((50, "an"), (60, "binh"), (90, "chi")):
        one = filled(exam_course, sheet, {"Người 1 (%)": [share] * 8}, "phieu_thi1.csv")
        folders.append(exam_course / name)
        folders[-1].mkdir()
        one.rename(folders[-1] / one.name)
    found = judges.read(folders, items)
    assert sorted(values[items[0]] for values in found.values()) == [0.5, 0.6, 0.9]
    assert judges.read([*folders, folders[0] / "phieu_thi1.csv"], items) == found, "and nobody twice"


def test_a_judge_or_an_item_that_stands_twice_in_a_sheet_is_said(exam_course: Path) -> None:
    exam_builder.build(UNIT, forms=1, seed="hat-giong")
    sheet = exam_course / "exam" / "angoff" / "phieu_thi1.xlsx"
    assert run(["exam", "angoff", UNIT]) == 0
    items = [row[0] for row in list(load_workbook(sheet).worksheets[0].values)[1:]]
    one = filled(exam_course, sheet, {"Người 1 (%)": [50] * 8, "Người 2 (%)": [90] * 8}, "x.csv")
    text = one.read_text(encoding="utf-8-sig").replace("Người 2 (%)", "Người 1 (%)")
    one.write_text(text + text.splitlines()[-1] + "\n", encoding="utf-8-sig")
    with pytest.raises(KitError) as caught:
        judges.read([one], items)
    assert len(caught.value.problems) == 2


def test_every_fault_of_a_judges_sheet_is_said_at_once(exam_course: Path) -> None:
    exam_builder.build(UNIT, forms=1, seed="hat-giong")
    run(["exam", "angoff", UNIT])
    sheet = exam_course / "exam" / "angoff" / "phieu_thi1.xlsx"
    items = sorted(record.read(UNIT).forms["a"])
    path = filled(
        exam_course, sheet, {"Người 1 (%)": [50] * 6 + [None, "cao"], "Người 2 (%)": [60] * 7 + [0.6]}, "x.xlsx"
    )
    with pytest.raises(KitError) as error:
        judges.read([path], items)
    assert [problem.line for problem in error.value.problems] == [8, 9, 9]
    with pytest.raises(KitError, match="Chưa có cột"):
        judges.read([sheet], items)


def test_few_judges_set_no_standard(exam_course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    exam_builder.build(UNIT, forms=1, seed="hat-giong")
    run(["exam", "angoff", UNIT])
    path = filled(exam_course, exam_course / "exam" / "angoff" / "phieu_thi1.xlsx", {"Người 1 (%)": [50] * 8}, "x.csv")
    assert run(["exam", "angoff", UNIT, "--read", str(path)]) == 0
    assert "Dưới 5 người" in capsys.readouterr().out
    assert cut_scores.standards() == []


def test_the_cut_is_the_weighted_mean_and_its_error_that_of_the_judges() -> None:
    ratings = {"A": {"x": 0.6, "y": 0.9}, "B": {"x": 0.8, "y": 0.7}}
    found = angoff.cut(ratings, {"x": 1, "y": 2})
    assert found.by_judge == {"A": pytest.approx(0.8), "B": pytest.approx(2.2 / 3)}
    assert found.cut == pytest.approx((0.8 + 2.2 / 3) / 2)
    assert found.se == pytest.approx(abs(0.8 - 2.2 / 3) / 2)
    assert [one.item for one in angoff.spreads(ratings, ["x", "y"])] == ["x", "y"]


def test_a_near_miss_is_named_in_feedback(released_exam: Path) -> None:
    code = code_of(2)
    released = versions.released_for(UNIT, None, code)
    sit(released_exam, code, answers_of(released, wrong=("thi1-q04", "thi1-q07")), released_exam / "usb")
    collect.collect(released_exam / "usb")
    grade_class.grade(UNIT)
    feedback_pages.write(UNIT)
    assert "sai số chuẩn" not in words_of(code)
    cut_scores.store([cut_scores.Standard(UNIT, released.form, "1.0.0", 6, 0.78, 0.08)])
    feedback_pages.write(UNIT)
    assert "không quá một sai số chuẩn (±8 %)" in words_of(code)
    assert "Chưa đạt 8 /11" in words_of(code)
    assert "trong một sai số chuẩn" in class_report.write(UNIT)[0].read_text(encoding="utf-8-sig")
