"""The report on a whole course: a person a row, what is due again and why, a line to copy, no name unless asked."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from kit.classroom import UNIT, edit
from kit.desk import enrol
from kit.handin import answers, code_of, hand_in
from openpyxl import load_workbook

from buuchinh import cli, law, personal_data
from buuchinh.errors import KitError
from buuchinh.grading import grade_class
from buuchinh.results import class_export, course_report, course_rows, due_again
from buuchinh.results.course_rows import CourseRow
from buuchinh.results.results import Standing, standings

DONE, ABSENT = code_of(1), code_of(2)
NAMES = ("Nguyễn Thị Hoa", "Trần Văn Bảo")


@pytest.fixture
def graded(course: Path) -> Path:
    """Return a class of two: one with a graded work, whose text waits, and one without."""
    enrol(DONE, ABSENT)
    rows = "".join(f"{code};{name};Bưu cục A\n" for code, name in zip((DONE, ABSENT), NAMES, strict=True))
    (course / "lop.csv").write_text(f"Mã;Họ tên;Đơn vị\n{rows}", encoding="utf-8")
    hand_in(course, DONE, answers())
    grade_class.grade(UNIT)
    return course


def cells(path: Path) -> list[dict[str, object]]:
    head, *rows = load_workbook(path)["Theo người"].iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


def test_each_person_has_a_row_with_what_is_not_done_and_a_line_to_copy(graded: Path) -> None:
    book, page, _ = course_report.write()
    done, absent = cells(book)
    assert (done["Mã học viên"], absent["Mã học viên"]) == (DONE, ABSENT)
    assert done["Bài thử: điểm (%)"] == pytest.approx(78.57)
    assert absent["Bài thử: điểm (%)"] == "chưa nộp"
    assert absent["Dòng để chép vào tin nhắn"] == f"Anh/chị {ABSENT}: còn chưa nộp: bài thử."
    assert done["Học lại từ ngày"] is None
    html = page.read_text(encoding="utf-8")
    assert "78,57" in html
    assert html.count('<td class="signed"></td>') == len([done, absent]), "observed work is signed for by hand"
    assert not [head for head in done if "quan sát" in head]


def test_work_that_is_not_due_yet_has_its_deadline_beside_it(graded: Path) -> None:
    before = "[deadlines]"
    for day, words in (("2099-12-31", "bài thử (hạn 31-12-2099)."), ("2020-12-31", "bài thử.")):
        edit(graded / "course.toml", before, before := f"[deadlines]\n{UNIT} = {day}")
        book, *_ = course_report.write()
        assert cells(book)[1]["Dòng để chép vào tin nhắn"] == f"Anh/chị {ABSENT}: còn chưa nộp: {words}"
    edit(graded / "course.toml", before, "[deadlines]\nbt01 = 2099-03-02")
    book, *_ = course_report.write()
    assert not cells(book)[1]["Dòng để chép vào tin nhắn"], (
        "in a class with deadlines, a unit without one is owed by nobody"
    )


def test_each_sitting_is_called_by_its_number(course_copy: Path) -> None:
    assert [course_report.title(f"thinv{number}") for number in (1, 2, 3)] == [
        "Kiểm tra cuối khóa cho nhân viên, lần 1",
        "Kiểm tra cuối khóa cho nhân viên, lần 2",
        "Kiểm tra cuối khóa cho nhân viên, lần 3",
    ]


def test_names_are_in_it_only_if_asked_and_never_in_the_file_for_a_campaign(graded: Path) -> None:
    for names in (False, True):
        book, page, for_campaign = course_report.write(names=names)
        told = json.dumps(cells(book), ensure_ascii=False, default=str)
        assert all((name in told) == names for name in NAMES)
        assert all((name in page.read_text(encoding="utf-8")) == names for name in NAMES)
        assert not [name for name in (*NAMES, "Bưu cục") if name in for_campaign.read_text(encoding="utf-8")]
    assert f"Anh/chị {NAMES[1]} ({ABSENT}): còn" in told
    made = json.loads(for_campaign.read_text(encoding="utf-8"))
    assert made["format"] == class_export.FORMAT
    assert made["people"] == [{"code": DONE, "tests": []}, {"code": ABSENT, "tests": []}]


def test_the_command_writes_it_and_forgetting_a_person_takes_it_away(
    graded: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["report", "course", "--names"]) == 0
    assert "reports/course/ca-khoa.xlsx" in capsys.readouterr().out
    personal_data.forget(DONE)
    assert not [path for path in (graded / "reports").rglob("*") if path.is_file()]


def test_a_class_without_people_is_told_so(course: Path) -> None:
    with pytest.raises(KitError, match="Chưa có gì để báo cáo"):
        course_report.write()


def passed(one: Standing, on: str, *refs: str) -> Standing:
    """Return a passed exam of that day whose questions cite ``refs``."""
    at = datetime.fromisoformat(f"{on}T09:00:00+07:00")
    item = replace(one.items[0], earned=1.0, most=1.0, score={**one.items[0].score, "provisions": list(refs)})
    return replace(one, unit="thinv3", items=(item,), handed_in=at)


@pytest.fixture
def one(graded: Path) -> Standing:
    return standings(UNIT)[0]


@pytest.mark.parametrize(
    ("on", "due"),
    [("2026-11-25", date(2028, 11, 25)), ("2028-02-29", date(2030, 2, 28)), ("2026-12-31", date(2028, 12, 31))],
)
def test_due_again_is_twenty_four_months_after_the_pass(one: Standing, on: str, due: date) -> None:
    found = due_again.due(passed(one, on))
    assert (found.passed_on, found.on, found.refs) == (date.fromisoformat(on), due, ())


def changing(day: date) -> str:
    """Return a provision of the register that begins or ends on ``day``."""
    wordings = law.all_provisions().items()
    return next(name for name, those in wordings if any(day in {one.from_, one.to} for one in those))


def test_due_again_is_the_day_of_the_first_change_of_law_if_that_comes_first(course_copy: Path) -> None:
    past, future = date(2026, 7, 1), date(2027, 3, 1)
    one, other = changing(past), changing(future)
    assert due_again.first_change([one, other], date(2026, 6, 1)) == (past, (one,))
    assert due_again.first_change([other], date(2026, 11, 25)) == (future, (other,))
    assert due_again.first_change([other], future) is None
    assert due_again.first_change([f"{other}@2026-01-01", "KHONG-CO/1"], date(2026, 1, 1)) is None


def test_the_line_says_when_and_why(one: Standing) -> None:
    exam = passed(one, "2020-03-04")
    row = CourseRow(DONE, None, None, None, exam, due_again.due(exam))
    told = course_report.line(row, "chưa nộp: bài thử", "Nguyễn Thị Hoa")
    assert told.startswith(f"Anh/chị Nguyễn Thị Hoa ({DONE}): đã đạt ")
    assert "đã đến lúc học lại, từ ngày 04-03-2022 (đủ 24 tháng)" in told
    assert told.endswith("còn chưa nộp: bài thử.")


def test_whoever_left_the_class_has_no_row(graded: Path) -> None:
    assert cli.run(["leave", ABSENT]) == 0
    assert [row.code for row in course_rows.read().rows] == [DONE]


def test_a_unit_has_a_column_once_it_was_given_out(course: Path) -> None:
    enrol(ABSENT)
    assert course_rows.read().columns == []
    edit(course / "course.toml", "[deadlines]", f"[deadlines]\n{UNIT} = 2099-01-01")
    assert [column.unit for column in course_rows.read().columns] == [UNIT]
