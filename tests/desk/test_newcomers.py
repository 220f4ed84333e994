"""Whoever joins after a deadline owes nothing of it, and of an exam's sittings people are asked for one alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from kit.classroom import UNIT, edit
from kit.handin import code_of

from buuchinh.attempts import trainee_deadline
from buuchinh.classroom import enrolment, newcomers
from buuchinh.desk.class_list import details
from buuchinh.desk.class_state import reminders
from buuchinh.desk.class_state.read_class import Cell, ClassReader, ClassState, State, Trainee, Unit
from buuchinh.desk.screens import cell_details, class_table, unit_details
from buuchinh.desk.tasks import now
from buuchinh.desk.tasks.now import Facts
from buuchinh.personal_data.names import Names
from buuchinh.results import attendance, course_report, course_rows

NOW = datetime.fromisoformat("2026-12-01T10:00:00+07:00")
DAY = timedelta(days=1)
FIRST, NEW = code_of(1), code_of(2)


def read_list(course: Path, *codes: str) -> None:
    rows = "".join(f"{code};Lê Mai {number}\n" for number, code in enumerate(codes))
    (course / "lop.csv").write_text(f"Mã;Họ tên\n{rows}", encoding="utf-8")
    assert enrolment.enrol(course / "lop.csv")


def test_who_joins_after_the_deadline_owes_nothing_until_time_is_given(course: Path) -> None:
    edit(course / "course.toml", "[deadlines]", f"[deadlines]\n{UNIT} = 2020-11-25")
    read_list(course, FIRST)
    assert newcomers.joined() == {}, "a class begins with its first list, whatever is due already"
    read_list(course, FIRST, NEW)
    state, at = ClassReader().read(), datetime.now().astimezone()
    assert {one.code: state.cell(UNIT, one.code).state for one in state.people} == {
        FIRST: "nothing",
        NEW: "joined_after",
    }
    assert state.expected(UNIT) == [FIRST]
    assert not reminders.owes(state, state.unit(UNIT), NEW, at)
    assert attendance.of_unit(UNIT).absent == (FIRST,)
    assert attendance.of_unit(UNIT).others == (NEW,)
    cell = cell_details.payload(state, UNIT, NEW, Names.read())
    assert cell["state"]["text"] == "vào lớp sau hạn"
    assert [one["kind"] for one in cell["actions"]] == ["extend"]
    assert "1 người: vào lớp sau hạn" in [
        one["text"] for one in unit_details.payload(state, UNIT, at, Names.read())["states"]
    ]
    grid = class_table.payload(state, Names.read(), at)
    assert [grid["states"][row[-1][0][0]]["word"] for row in grid["rows"]] == ["chưa nộp", "vào sau hạn"]
    (listed,) = details.person(state, NEW)["units"]
    assert listed["state"] == "vào lớp sau hạn"
    head, _, new = course_report.sheet(course_rows.read()).rows
    told = dict(zip(map(str, head), new, strict=True))
    assert [told[name] for name in told if "điểm (%)" in name] == ["vào lớp sau hạn"], "the course report says the same"
    trainee_deadline.give(UNIT, NEW, at + DAY)
    assert ClassReader().read().cell(UNIT, NEW).state == "nothing"
    assert attendance.of_unit(UNIT).absent == (FIRST, NEW)


def sat(second: State, third: State, third_until: datetime | None = NOW + DAY / 2) -> ClassState:
    """Return a class of one with two sittings of an exam, of which the first is over."""
    both = ("thinv2", "thinv3")
    first = Unit("thinv2", NOW - 2 * DAY, NOW - 2 * DAY, given_out=True, exam=True, sittings=both)
    last = Unit("thinv3", third_until, third_until, given_out=third_until is not None, exam=True, sittings=both)
    cells = {("thinv2", FIRST): Cell(second), ("thinv3", FIRST): Cell(third)}
    return ClassState((Trainee(FIRST, "clerk"),), (first, last), cells)


def asked(state: ClassState) -> list[str]:
    return [unit.id for unit in state.units if reminders.to_remind(state, unit, NOW)]


def test_only_the_sitting_that_is_open_is_asked_for_or_else_the_newest() -> None:
    assert asked(sat("nothing", "nothing")) == ["thinv3"]
    assert asked(sat("failed", "nothing")) == ["thinv3"]
    assert asked(sat("nothing", "nothing", NOW - DAY)) == ["thinv3"], "the newest, if none is open"
    assert asked(sat("nothing", "not_given", None)) == ["thinv2"]
    assert asked(sat("nothing", "failed", NOW - DAY)) == [], "a later sitting was sat"
    both_open = sat("nothing", "nothing")
    early = replace(both_open.units[0], deadline=NOW + DAY / 4)
    assert asked(replace(both_open, units=(early, both_open.units[1]))) == ["thinv2"], "the one that is due first"


def test_who_passed_a_later_sitting_is_no_longer_among_those_who_failed() -> None:
    texts = {}
    for third in ("passed", "failed", "not_given"):
        grid = class_table.payload(sat("failed", third), Names(), NOW)
        failed = next(one for one in grid["filters"] if one["id"] == "failed")
        (row,) = grid["rows"]
        texts[third] = (failed["text"], any(len(cell) > 2 and cell[2] & failed["flag"] for cell in row[-1]))
    assert texts == {
        "passed": ("Chưa đạt 0", False),
        "failed": ("Chưa đạt 1", True),
        "not_given": ("Chưa đạt 1", True),
    }


def test_a_sitting_that_is_over_is_no_task_no_button_and_nothing_owed() -> None:
    state = sat("nothing", "nothing")
    first, then = now.now(Facts(state, NOW))
    assert [task.id for task in (first, *then) if task] == ["remind:thinv3"]
    assert not reminders.owes(state, state.unit("thinv2"), FIRST, NOW)
    assert reminders.owes(state, state.unit("thinv3"), FIRST, NOW)
    assert class_table.next_step(state, state.unit("thinv2"), NOW)["text"] == "hạn 10:00 ngày 29-11"
