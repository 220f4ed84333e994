"""The desk's cells say of everybody what attendance, standings and the gradebook say, and follow each change."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from kit.classroom import UNIT, edit
from kit.desk import TEN, brought, enrol, work
from kit.desk_class import ABSENT, EXTENDED, LATE, OTHER, PEOPLE, REFUSED, THERE
from kit.gradebook import mark_by_hand

from buuchinh import personal_data
from buuchinh.attempts import refusals
from buuchinh.classroom import leavers
from buuchinh.desk.class_state.read_class import ClassReader
from buuchinh.desk.screens import cell_details, class_table
from buuchinh.grading import grade_class
from buuchinh.intake import recount
from buuchinh.personal_data.names import Names
from buuchinh.results import attendance, send_feedback


def states(reader: ClassReader) -> dict[str, str]:
    state = reader.read()
    return {one.code: state.cell(UNIT, one.code).state for one in state.people}


def test_everybody_is_where_attendance_says(mixed: Path) -> None:
    assert states(ClassReader()) == {
        THERE: "new",
        LATE: "late",
        REFUSED: "refused",
        EXTENDED: "new",
        ABSENT: "nothing",
        OTHER: "not_expected",
    }
    assert grade_class.grade(UNIT)
    found, roll = states(ClassReader()), attendance.of_unit(UNIT)
    assert [code for code in PEOPLE if found[code] == "waiting"] == list(roll.waiting) == [THERE, EXTENDED]
    assert [code for code in PEOPLE if found[code] == "nothing"] == list(roll.absent)
    assert [code for code in PEOPLE if found[code] == "not_expected"] == list(roll.others)
    assert [code for code in PEOPLE if found[code] == "late"] == list(roll.late)
    assert [code for code in PEOPLE if found[code] == "refused"] == list(roll.refused)
    state = ClassReader().read()
    assert {one.folder for one in state.refused} == {one.folder for one in attendance.unresolved_refusals()}
    assert [one.folder for one in state.unit(UNIT).nobodys] == [one.folder for one in roll.nobodys]
    assert state.extended == {(UNIT, EXTENDED): TEN + timedelta(hours=3)}


def test_one_reader_follows_each_step_of_a_piece_of_work(mixed: Path) -> None:
    reader = ClassReader()
    assert states(reader)[THERE] == "new"
    assert grade_class.grade(UNIT)
    assert states(reader)[THERE] == "waiting"
    mark_by_hand(THERE, 3)
    state = reader.read()
    cell = state.cell(UNIT, THERE)
    assert (cell.state, cell.earned, cell.most, cell.sent) == ("passed", 14, 14, False)
    mark_by_hand(THERE, 0)
    assert reader.read().cell(UNIT, THERE).state == "failed", "11 of 14 is below the pass mark"
    send_feedback.send(UNIT, anyway=True)
    assert reader.read().cell(UNIT, THERE).sent
    personal_data.restore(personal_data.backup().path, exercises=True)
    assert ClassReader().read().cell(UNIT, THERE).sent, "restored files are new, the grading is not"
    recount.give_extra_time(UNIT, LATE, TEN + timedelta(hours=4))
    assert states(reader)[LATE] == "new"
    work(mixed, ABSENT)
    brought(mixed, ABSENT)
    assert states(reader)[ABSENT] == "new"
    for one in reader.read().refused:
        refusals.settle(one.folder.name)
    assert (states(reader)[REFUSED], reader.read().refused) == ("nothing", ())


def test_work_that_came_anew_is_new_again_until_it_is_graded(mixed: Path) -> None:
    assert grade_class.grade(UNIT)
    reader = ClassReader()
    assert states(reader)[THERE] == "waiting"
    edit(mixed / "bai-lam" / THERE / UNIT / f"{UNIT}.ipynb", "# Bài thử", "# Bài sửa")
    brought(mixed, THERE, TEN + timedelta(minutes=20))
    assert states(reader)[THERE] == "new"


def test_an_unchanged_class_is_the_same_object(mixed: Path) -> None:
    reader = ClassReader()
    assert reader.read() is reader.read()


def test_who_left_is_nowhere_and_a_unit_without_deadline_and_work_is_expected_of_nobody(course: Path) -> None:
    enrol(THERE, LATE)
    state = ClassReader().read()
    assert {state.cell(UNIT, code).state for code in (THERE, LATE)} == {"not_given"}
    assert not state.unit(UNIT).given_out
    assert state.expected(UNIT) == []
    edit(course / "course.toml", "[deadlines]", f"[deadlines]\n{UNIT} = 2099-11-25")
    leavers.leave(LATE)
    state = ClassReader().read()
    assert [one.code for one in state.people] == state.expected(UNIT) == [THERE]
    assert state.cell(UNIT, THERE).state == "nothing"


def test_points_stand_with_the_most_in_the_table_and_in_the_sheet(mixed: Path) -> None:
    grade_class.grade(UNIT)
    state = ClassReader().read()
    cell = state.cell(UNIT, THERE)
    assert (cell.earned, cell.most) == (11.0, 14.0)
    table = class_table.payload(state, Names.read(), datetime.now().astimezone())
    assert next(row for row in table["rows"] if row[0] == THERE)[-1][0][1] == "11/14"
    sheet = cell_details.payload(state, UNIT, THERE, Names.read())
    assert sheet["total"].startswith("11/14 điểm.")
    assert {one["points"] for one in sheet["questions"]} >= {"4/4", "–/3"}
