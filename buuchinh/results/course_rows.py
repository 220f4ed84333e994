"""Collect how each trainee of a class stands in the whole course: exercises, exams, short tests, and what is due again.

Only answering is recorded: nothing in the course records that somebody was observed doing the work, so no row says so.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

from buuchinh import course
from buuchinh.classroom import assigned_roles, gradebook, leavers
from buuchinh.exam import exam_groups
from buuchinh.grading import grade_class
from buuchinh.parsed import once
from buuchinh.questions.practice import assessment
from buuchinh.results import attendance, due_again, learning_gain
from buuchinh.results.attendance import Attendance
from buuchinh.results.due_again import Due
from buuchinh.results.exported_results import Ended
from buuchinh.results.results import Standing, graded


@dataclass(frozen=True)
class UnitColumn:
    """A unit that was given out: the graded results by code, and why others have none (``""`` if nobody asks why).

    ``joined_after`` has the codes of who joined the class after the unit was due.
    """

    unit: str
    graded: Mapping[str, Standing]
    without: Mapping[str, str]
    attendance: Attendance
    joined_after: frozenset[str] = frozenset()


@dataclass(frozen=True)
class CourseRow:
    """One trainee's row.

    ``before`` and ``after`` are the short tests taken before and after the course. ``passed`` is the last exam that the
    trainee passed, and ``due`` tells when the trainee is due again; both are None for who passed no exam.
    """

    code: str
    role: str | None
    before: Ended | None
    after: Ended | None
    passed: Standing | None
    due: Due | None


@dataclass(frozen=True)
class CourseRows:
    """The class: its units in order, its trainees by code, and all finished short tests by test and code.

    ``tests`` is empty if the course has no short tests.
    """

    columns: Sequence[UnitColumn]
    rows: Sequence[CourseRow]
    tests: Mapping[str, Mapping[str, Ended]]


def read() -> CourseRows:
    """Return the class as it stands now; trainees who left it are not in it."""
    # the tests first: their readers are forked, which is quick while little has been read
    tests = {unit: learning_gain.taken(unit) for unit in assessment.TESTS if course.bank_path(unit).is_file()}
    columns = [column for unit in _in_order() if (column := _column(unit))]
    left = leavers.left()
    codes = [code for code in gradebook.students() if code not in left]
    roles = assigned_roles.all_of(codes)
    rows = [_row(code, roles.get(code), columns, tests) for code in sorted(codes)]
    return CourseRows(columns, rows, tests)


def _row(
    code: str, role: str | None, columns: Sequence[UnitColumn], tests: Mapping[str, Mapping[str, Ended]]
) -> CourseRow:
    own = {unit: those[code] for unit, those in tests.items() if code in those}
    before, after = assessment.in_order({unit: (one.at, one.place) for unit, one in own.items()})
    exams = [column.graded.get(code) for column in columns if not course.is_exercise(column.unit)]
    passed = [one for one in exams if one and one.verdict == "pass" and not one.other_role]
    last = max(passed, key=due_again.day_of, default=None)
    return CourseRow(
        code, role, own.get(before or ""), own.get(after or ""), last, due_again.due(last) if last else None
    )


def _column(unit: str) -> UnitColumn | None:
    """Return the column of ``unit``, or None if nobody was given the unit: no deadline, and nothing was handed in."""
    results = {one.code: one for one in graded(unit)}
    roll = once(attendance.of_unit, unit)
    without = attendance.without_result(unit, roll)
    arrived = results or roll.late or roll.refused or grade_class.ungraded(unit)
    if not arrived and course.settings().deadline(unit) is None:
        return None
    words = {code: word for code, (word, _, _) in without.items()}
    return UnitColumn(unit, results, words, roll, grade_class.joined_after(unit))


def _in_order() -> list[str]:
    """Return the released units: exercises in the order of the longest path, then exams by group and number."""
    paths = sorted(course.settings().paths.values(), key=len, reverse=True)
    released = course.released_units()
    exercises = [unit for unit in released if course.is_exercise(unit)]
    on_path = [unit for unit in dict.fromkeys(unit for path in paths for unit in path) if unit in exercises]
    exams = sorted(set(released) - set(exercises), key=_exam_order)
    return [*on_path, *(unit for unit in exercises if unit not in on_path), *exams]


def _exam_order(unit: str) -> tuple[str, int]:
    group = exam_groups.group_of_exam(unit)
    return group.mark if group else "", exam_groups.number(unit) or 0


def is_superseded(found: CourseRows, unit: str, code: str, owed: Container[str]) -> bool:
    """Return whether another sitting of the exam ``unit`` was passed, or a later one is among the ``owed`` units."""
    own = exam_groups.number(unit)
    if own is None:
        return False
    group = exam_groups.group_of_exam(unit)
    for column in found.columns:
        number = exam_groups.number(column.unit)
        if number is None or column.unit == unit or exam_groups.group_of_exam(column.unit) != group:
            continue
        standing = column.graded.get(code)
        if (standing and standing.verdict == "pass") or (number > own and column.unit in owed):
            return True
    return False
