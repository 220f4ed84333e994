"""Staff, heads and officers have exams of their own; the class list says who is what, the code alone picks a form."""

from __future__ import annotations

import csv
import re
import shutil
from pathlib import Path

import pytest
from kit.classroom import edit
from kit.exam import answers_of, code_of, problems_of, sit
from openpyxl import load_workbook

from buuchinh import cli, course
from buuchinh.classroom import assigned_roles, roster
from buuchinh.desk.class_state.read_class import ClassReader
from buuchinh.errors import KitError
from buuchinh.exam import exam_builder, exam_groups, record
from buuchinh.exam import item_pool as closed
from buuchinh.exam.exam_checks import faults
from buuchinh.grading import grade_class
from buuchinh.intake import collect
from buuchinh.questions import exam_forms
from buuchinh.release import release, versions
from buuchinh.results import attendance, class_report, feedback_pages, sittings
from buuchinh.results.results import standings
from buuchinh.text import format_moment

STAFF = "thinv1"


def for_staff(root: Path) -> None:
    """Give the small course of ``kit.exam`` a blueprint for staff, the same as everybody's."""
    shutil.copy(root / "exam" / "blueprint.csv", root / "exam" / "blueprint-staff.csv")


def class_list(root: Path, *people: tuple[int, str]) -> Path:
    path = root / "lop.csv"
    rows = "".join(f"{code_of(number)};Người {number};{role}\n" for number, role in people)
    path.write_text(f"Mã;Họ tên;Vai\n{rows}", encoding="utf-8")
    return path


def test_the_name_of_an_exam_says_whose_it_is() -> None:
    names = {"thi1": None, "thinv1": "staff", "thitr12": "head", "thicb3": "officer", "bt02": None}
    found = {unit: exam_groups.group_of_exam(unit) for unit in names}
    assert {unit: group.id if group else None for unit, group in found.items()} == names
    assert [course.graded(unit) for unit in (*names, "thixx1", "thinv", "thinv123")] == [True] * 5 + [False] * 3
    assert {group.id for group in exam_groups.GROUPS} == set(course.GROUPS)
    assert exam_groups.is_for("thinv1", "courier")
    assert not exam_groups.is_for("thinv1", "head")
    assert all(exam_groups.is_for(unit, None) for unit in names)
    assert all(exam_groups.is_for("thi1", role) for role in course.ROLES)


def test_each_group_has_its_blueprint_and_items_of_its_own(exam_course: Path) -> None:
    with pytest.raises(KitError) as error:
        exam_builder.build(STAFF)
    assert "exam/blueprint-staff.csv" in problems_of(error)
    for_staff(exam_course)
    pool = exam_course / "exam" / "pool" / "x06.yml"
    edit(pool, "- id: x06-q01\n", "- id: x06-q01\n    exam_for: [officer]\n")
    exam_builder.build(STAFF, forms=2, seed="mot")
    drawn = record.read(STAFF)
    assert "nhân viên" in drawn.about.title
    assert all("x06-q01" not in names for names in drawn.forms.values())
    assert "exam_for" not in (exam_course / "source" / STAFF / "forms" / "a.yml").read_text(encoding="utf-8")
    assert "nhân viên" in (exam_course / "source" / STAFF / f"{STAFF}.ipynb").read_text(encoding="utf-8")
    made = exam_builder.build("thi1", forms=2, seed="hai")
    assert made.before > 0, "what stands in the staff's exam counts as used"
    assert {item.id for item in closed.load() if item.question.exam_for} == {"x06-q01"}


def test_check_says_which_blueprint_the_pool_falls_short_of(exam_course: Path) -> None:
    for_staff(exam_course)
    assert faults() == []
    pool = exam_course / "exam" / "pool" / "x02.yml"
    for name in ("x02-q06", "x02-q07"):
        edit(pool, f"- id: {name}\n", f"- id: {name}\n    exam_for: [officer]\n")
    assert {problem.path for problem in faults()} == {"exam/blueprint-staff.csv"}


@pytest.fixture
def staff_class(exam_course: Path) -> Path:
    """Release the staff's exam; of the class of four one is a head, one has no role."""
    for_staff(exam_course)
    exam_builder.build(STAFF, forms=2, seed="mot")
    release.release(STAFF)
    path = class_list(exam_course, (1, "Bưu tá"), (2, "Giao dịch viên"), (3, "Trưởng bưu cục"), (4, ""))
    assert cli.run(["roster", str(path)]) == 0
    return exam_course


def test_an_exam_of_a_group_is_collected_graded_told_and_reported(staff_class: Path) -> None:
    usb = staff_class / "usb"
    for number in (1, 3):
        form = exam_forms.pick(STAFF, ("a", "b"), code_of(number))
        sit(staff_class, code_of(number), answers_of(versions.released_forms(STAFF)[form]), usb, STAFF)
    collect.collect(usb)
    results = grade_class.grade(STAFF)
    assert [(result.code, result.state) for result in results] == [(code_of(1), "graded"), (code_of(3), "graded")]
    assert attendance.of_unit(STAFF).absent == (code_of(2), code_of(4))
    feedback_pages.write(STAFF)
    assert feedback_pages.place(STAFF, code_of(1)).is_file()
    table = next(path for path in class_report.write(STAFF) if path.name == f"bang-diem_{STAFF}.csv")
    rows = list(csv.DictReader(table.open(encoding="utf-8-sig")))
    assert {row["Mã học viên"]: row["Vai"] for row in rows[1:]} == {
        code_of(1): "Bưu tá",
        code_of(2): "Giao dịch viên",
        code_of(3): "Trưởng bưu cục",
        code_of(4): "",
    }
    assert {row["Mã học viên"] for row in rows[1:] if "vai khác" in row["Ghi chú"]} == {code_of(3)}


@pytest.mark.slow
def test_a_second_sitting_awaits_only_who_has_not_passed_the_first(
    staff_class: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    usb, again = staff_class / "usb", "thinv2"
    for number in (1, 2):
        form = exam_forms.pick(STAFF, ("a", "b"), code_of(number))
        right = answers_of(versions.released_forms(STAFF)[form])
        sit(staff_class, code_of(number), right if number == 1 else {}, usb, STAFF)
    collect.collect(usb)
    assert cli.run(["grade", STAFF]) == 0
    assert f"Phải thi lại, chưa đạt lần nào, 1 người: {code_of(2)} Người 2." in capsys.readouterr().out
    exam_builder.build(again, forms=2, seed="hai")
    release.release(again)
    where = attendance.of_unit(again)
    assert (where.absent, where.passed_before) == ((code_of(2), code_of(4)), (code_of(1),))
    state = ClassReader().read()
    assert [code for code in map(code_of, range(1, 5)) if state.cell(again, code).passed_before] == [code_of(1)]
    assert state.cell(again, code_of(1)).state == state.cell(again, code_of(3)).state == "not_expected"
    form = exam_forms.pick(again, ("a", "b"), code_of(2))
    sit(staff_class, code_of(2), answers_of(versions.released_forms(again)[form]), usb, again)
    collect.collect(usb)
    grade_class.grade(again)
    assert attendance.of_unit(STAFF).again == ()
    assert attendance.of_unit(again).absent == (code_of(4),)


@pytest.mark.slow
def test_each_of_the_class_is_told_in_one_group_of_a_second_sitting(
    staff_class: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A head who passed the staff's exam is told once: as who passed before, not as who learns other things too."""
    usb, again = staff_class / "usb", "thinv2"
    for number in (1, 3):
        form = exam_forms.pick(STAFF, ("a", "b"), code_of(number))
        sit(staff_class, code_of(number), answers_of(versions.released_forms(STAFF)[form]), usb, STAFF)
    collect.collect(usb)
    grade_class.grade(STAFF)
    exam_builder.build(again, forms=2, seed="hai")
    release.release(again)
    for number in (1, 2):
        sit(staff_class, code_of(number), {}, usb, again)
    collect.collect(usb)
    assert cli.run(["grade", again]) == 0
    where = attendance.of_unit(again)
    assert (where.absent, where.others, where.passed_before) == ((code_of(4),), (), (code_of(3),))
    said = capsys.readouterr().out
    assert "Đã đạt ở lần thi trước, không phải thi nữa: 1 người" in said
    assert "Không thuộc đường học" not in said


def test_who_failed_an_exam_of_another_role_is_told_so_and_not_called_to_sit_it_again(
    staff_class: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in (1, 2, 3):
        form = exam_forms.pick(STAFF, ("a", "b"), code_of(number))
        right = answers_of(versions.released_forms(STAFF)[form])
        sit(staff_class, code_of(number), right if number == 1 else {}, staff_class / "usb", STAFF)
    collect.collect(staff_class / "usb")
    assert cli.run(["grade", STAFF]) == 0
    said = capsys.readouterr().out
    assert f"Phải thi lại, chưa đạt lần nào, 1 người: {code_of(2)} Người 2." in said
    assert {line[:9] for line in said.splitlines() if "đề này dành cho vai khác" in line} == {code_of(3)}
    (book,) = (path for path in class_report.write(STAFF) if path.name == f"bao-cao_{STAFF}.xlsx")
    first = load_workbook(book).worksheets[0]
    rows = [[str(cell) for cell in row] for row in first.iter_rows(values_only=True)]
    assert {row[1] for row in rows if "đề này dành cho vai khác" in row[-1]} == {code_of(3)}


def test_grade_and_feedback_name_both_reasons_where_points_and_questions_that_must_be_right_are_missed(
    staff_class: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    form = exam_forms.pick(STAFF, ("a", "b"), code_of(1))
    right, asked = answers_of(versions.released_forms(STAFF)[form]), versions.released_forms(STAFF)[form].obscured
    plain = [name for name, question in asked.items() if not question.critical]
    sit(staff_class, code_of(1), {}, staff_class / "usb", STAFF)
    few = {name: answer for name, answer in right.items() if name not in plain[:5]}
    sit(staff_class, code_of(2), few, staff_class / "usb", STAFF)
    collect.collect(staff_class / "usb")
    assert cli.run(["grade", STAFF]) == 0
    said = {line[:9]: line for line in capsys.readouterr().out.splitlines() if "Chưa đạt (" in line}
    assert re.search(r"câu bắt buộc đúng mà chưa đúng: câu \d+(, \d+)*\b", said[code_of(1)]), "numbers, as in feedback"
    assert f"{STAFF}-q" not in said[code_of(1)]
    assert said[code_of(1)].endswith("; chưa đủ 80% điểm)")
    assert said[code_of(2)].endswith("Chưa đạt (chưa đủ 80% điểm)")
    feedback_pages.write(STAFF)
    pages = {number: feedback_pages.place(STAFF, code_of(number)).read_text(encoding="utf-8") for number in (1, 2)}
    both = "Chưa đủ điểm: cần từ 80 % số điểm. Lại có câu bắt buộc đúng mà chưa đúng."
    assert {number: page.count(both) for number, page in pages.items()} == {1: 2, 2: 0}, "on the screen and on paper"


@pytest.mark.slow
def test_who_failed_twice_is_told_from_when_to_sit_again(staff_class: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The guide's rule: a rest of 24 hours after two sittings that were failed; after one there is none."""
    usb, again = staff_class / "usb", "thinv2"
    sit(staff_class, code_of(2), {}, usb, STAFF)
    collect.collect(usb)
    grade_class.grade(STAFF)
    assert attendance.of_unit(STAFF).rests == {}
    exam_builder.build(again, forms=2, seed="hai")
    release.release(again)
    sit(staff_class, code_of(2), {}, usb, again)
    collect.collect(usb)
    capsys.readouterr()
    assert cli.run(["grade", again]) == 0
    (standing,) = standings(again)
    assert standing.handed_in is not None
    due = standing.handed_in + sittings.REST
    assert attendance.of_unit(again).rests == {code_of(2): due}
    told = f"{code_of(2)} Người 2: đã hai lần chưa đạt, nên thi lại từ {format_moment(due)}"
    assert told in capsys.readouterr().out


def test_a_second_sitting_avoids_what_its_own_people_were_asked_before_what_others_were(
    exam_course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for_staff(exam_course)
    for unit in (STAFF, "thi1"):
        exam_builder.build(unit, forms=1, seed="mot")
    assert cli.run(["exam", "build", "thinv2", "--forms", "1", "--seed", "mot"]) == 0
    said = capsys.readouterr().out
    asked = {unit: set(record.read(unit).forms["a"]) for unit in (STAFF, "thi1", "thinv2")}
    assert not asked["thinv2"] & asked[STAFF]
    assert asked["thinv2"] & asked["thi1"], "the pool has not enough for three exams"
    assert f"Người đã thi {STAFF} gặp lại từ 0 đến 0 câu trong 8 câu" in said
    assert "Người đã thi thi1" not in said, "it is no sitting of the same exam"


def test_a_role_changes_who_is_awaited_and_no_form(staff_class: Path) -> None:
    before = exam_forms.pick(STAFF, ("a", "b"), code_of(2))
    assert code_of(3) not in grade_class.missing(STAFF)[0]
    path = class_list(staff_class, (1, "Bưu tá"), (2, "Cán bộ quản lý"), (3, "khai thác viên"), (4, "thợ lặn"))
    made = roster.load(path)
    roster.enrol(made)
    assert assigned_roles.all_of(made.codes) == {code_of(1): "courier", code_of(2): "officer", code_of(3): "sorter"}
    assert grade_class.missing(STAFF)[0] == [code_of(1), code_of(3), code_of(4)]
    assert exam_forms.pick(STAFF, ("a", "b"), code_of(2)) == before
    (doubt,) = [sentence for sentence in roster.doubts(made) if "thợ lặn" in sentence]
    assert "Dòng 5" in doubt
    assert "Bưu tá" in doubt
    path.write_text(f"Mã;Họ tên\n{code_of(1)};Người 1\n", encoding="utf-8")
    roster.enrol(roster.load(path))
    assert assigned_roles.of(code_of(1)) == "courier", "a list without the column leaves roles as they are"
