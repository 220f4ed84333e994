"""Read a class once into plain data: its units, its people, and a cell for each person in each unit.

The groups are those of ``results.attendance``; a test compares both. Nothing is computed twice for a page: the marks
come from ``unit_marks``, which reads again only what has changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Literal

from buuchinh import course
from buuchinh.attempts import refusals, trainee_deadline
from buuchinh.attempts.refusals import Refusal
from buuchinh.classroom import assigned_roles, leavers, newcomers
from buuchinh.desk.class_state.unit_marks import ClassMarks, UnitMarks
from buuchinh.desk.naming import unit_names
from buuchinh.exam import exam_groups
from buuchinh.grading import grade_class
from buuchinh.parsed import snapshot_mode
from buuchinh.results import sittings, solution_pack

State = Literal[
    "not_expected",
    "not_given",
    "joined_after",
    "nothing",
    "new",
    "late",
    "refused",
    "look",
    "waiting",
    "passed",
    "failed",
    "open",
]
"""The state of one person in one unit.

``not_expected``: the role does not learn the unit, or an earlier sitting was passed. ``not_given``: nobody was given
the unit. ``joined_after``: this person joined after its deadline, and owes nothing. ``nothing``: not handed in.
``new``: handed in, and not graded as it is now. ``look``: an answer needs a decision. ``waiting``: answers await
marking by hand. ``open``: graded, and the verdict is still pending.
"""
TO_DO: frozenset[State] = frozenset({"new", "refused", "look", "waiting"})
"""States that wait for the instructor."""
NOT_ASKED: frozenset[State] = frozenset({"not_expected", "not_given", "joined_after"})
"""States in which a unit is expected of nobody."""
OWING: frozenset[State] = frozenset({"nothing", "late", "refused"})
"""States in which nothing counts that was handed in."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One person in one unit.

    ``sent`` is True if feedback was sent since the last grading, ``outdated`` if points changed since it was sent,
    ``passed_before`` if an earlier sitting was passed, and ``by_hand`` if some answers are marked by hand.
    """

    state: State
    earned: float | None = None
    most: float | None = None
    sent: bool = False
    outdated: bool = False
    passed_before: bool = False
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Trainee:
    """A person of the class; ``role`` is None if the class list gives none."""

    code: str
    role: str | None


@dataclass(frozen=True)
class Unit:
    """An exercise or exam.

    ``deadline`` is the class's, ``last`` the latest of all, extra time included. ``nobodys`` are the refused files
    whose owner is unknown. ``given_out`` is True if there is a deadline or anything was handed in. ``sittings`` are
    all sittings of an exam, in their order. Feedback of ``packed`` people was packed to be sent, first at
    ``packed_at``; the solutions were made at ``solutions_at``.
    """

    id: str
    deadline: datetime | None
    last: datetime | None
    given_out: bool
    nobodys: tuple[Refusal, ...] = ()
    graded_at: datetime | None = None
    exam: bool = False
    sittings: tuple[str, ...] = ()
    packed: int = 0
    packed_at: datetime | None = None
    solutions_at: datetime | None = None

    @property
    def gone_out(self) -> datetime | None:
        """The time at which something that tells right answers first went out, or None."""
        return min(filter(None, (self.packed_at, self.solutions_at)), default=None)


@dataclass(frozen=True)
class ClassState:
    """A class at one moment."""

    people: tuple[Trainee, ...] = ()
    units: tuple[Unit, ...] = ()
    cells: Mapping[tuple[str, str], Cell] = field(default_factory=dict)
    refused: tuple[Refusal, ...] = ()
    extended: Mapping[tuple[str, str], datetime] = field(default_factory=dict)
    late_at: Mapping[tuple[str, str], datetime] = field(default_factory=dict)

    def cell(self, unit: str, code: str) -> Cell:
        """Return the cell of one person in one unit; raise ``KeyError`` if the class has no such person or unit."""
        return self.cells[unit, code]

    def with_state(self, unit: str, *states: State) -> list[str]:
        """Return the sorted codes of the people whose cell in ``unit`` has one of ``states``."""
        return [one.code for one in self.people if self.cells[unit, one.code].state in states]

    def expected(self, unit: str) -> list[str]:
        """Return the sorted codes of the people who should hand ``unit`` in."""
        return [one.code for one in self.people if self.cells[unit, one.code].state not in NOT_ASKED]

    def unit(self, name: str) -> Unit:
        """Return the unit ``name``; raise ``KeyError`` if it was never released."""
        return self._by_name[name]

    @cached_property
    def _by_name(self) -> dict[str, Unit]:
        return {unit.id: unit for unit in self.units}

    @cached_property
    def graded_at(self) -> datetime | None:
        """When any unit was last graded, or None."""
        return max((unit.graded_at for unit in self.units if unit.graded_at), default=None)


class ClassReader:
    """Reads the class again and again, and remembers what has not changed."""

    def __init__(self) -> None:
        """Remember nothing yet."""
        self._marks = ClassMarks()
        self._last = ClassState()

    def read(self) -> ClassState:
        """Return the class as it is now; the same object as before if nothing has changed."""
        with snapshot_mode():
            state = self._read()
        if state != self._last:
            self._last = state
        return self._last

    def _read(self) -> ClassState:
        names = unit_names.in_order()
        marks = self._marks.read(names)
        left = leavers.left()
        codes = [code for code in self._marks.people() if code not in left]
        roles = assigned_roles.all_of(codes)
        people = tuple(Trainee(code, roles.get(code)) for code in codes)
        open_refusals = refusals.still_open()
        extended, joined = _extended(codes), newcomers.joined()
        units: list[Unit] = []
        cells: dict[tuple[str, str], Cell] = {}
        late: dict[tuple[str, str], datetime] = {}
        for name in names:
            unit = _unit(name, marks[name], open_refusals, set(self._marks.people()), extended)
            passed = {code for other in sittings.earlier(name) for code in _passed(marks.get(other, UnitMarks()))}
            refused = {one.code for one in open_refusals if one.unit == name}
            theirs = {role: grade_class.is_required(name, role) for role in (None, *course.ROLES)}
            for person in people:
                until = max(filter(None, (unit.deadline, extended.get((name, person.code)))), default=None)
                new = trainee_deadline.missed(until, joined.get(person.code))
                owed: State = "not_given" if not unit.given_out else "joined_after" if new else "nothing"
                learnt = theirs[person.role]
                found = _cell(person.code, marks[name], refused, passed, owed if learnt else "not_expected")
                cells[name, person.code] = found
            units.append(unit)
            late |= {(name, code): at for code, at in marks[name].late.items()}
        shown = _unresolved(open_refusals, cells)
        return ClassState(people, tuple(units), cells, tuple(shown), extended, late)


def _unit(
    name: str,
    marks: UnitMarks,
    open_refusals: list[Refusal],
    known: set[str],
    extended: Mapping[tuple[str, str], datetime],
) -> Unit:
    deadline = course.settings().deadline(name)
    own = [one for one in open_refusals if one.unit == name]
    last = max((deadline, *(until for (unit, _), until in extended.items() if unit == name))) if deadline else None
    return Unit(
        name,
        deadline,
        last,
        given_out=bool(deadline or marks.submitted or marks.late or own),
        nobodys=tuple(one for one in own if one.code not in known),
        graded_at=max((one.graded_at for one in marks.marks.values()), default=None),
        exam=not course.is_exercise(name),
        sittings=tuple(sorted(sittings.same_exam(name), key=lambda one: exam_groups.number(one) or 0)),
        packed=len(marks.packed),
        packed_at=min(marks.packed.values(), default=None),
        solutions_at=solution_pack.made_at(name),
    )


def _cell(code: str, marks: UnitMarks, refused: set[str], passed: set[str], without: State) -> Cell:
    """Return the cell of one person; ``without`` is its state if nothing was handed in and no sitting was passed."""
    if code in marks.submitted:
        mark = marks.marks.get(code)
        if mark is None:
            return Cell("new")
        verdict: State = {"pass": "passed", "fail": "failed", "pending": "open"}[mark.verdict]  # type: ignore[assignment]
        state: State = "new" if mark.stale else "look" if mark.looks else "waiting" if mark.waits else verdict
        sent, outdated = mark.sent and not mark.stale, mark.outdated
        return Cell(state, mark.earned, mark.most, sent=sent, outdated=outdated, by_hand=mark.by_hand)
    if code in marks.late:
        return Cell("late")
    if code in refused:
        return Cell("refused")
    if code in passed:
        return Cell("not_expected", passed_before=True)
    return Cell(without)


def _passed(marks: UnitMarks) -> Iterator[str]:
    return (code for code, mark in marks.marks.items() if mark.verdict == "pass")


def _unresolved(open_refusals: list[Refusal], cells: Mapping[tuple[str, str], Cell]) -> Iterator[Refusal]:
    """Yield the refused files that still need a decision, as ``attendance.unresolved_refusals`` does."""
    for one in open_refusals:
        cell = cells.get((one.unit, one.code))
        claimed = (cells.get((one.unit, code)) for code in one.claimed)
        if (
            one.two_works
            or cell is None
            or cell.state == "refused"
            or any(other and other.state == "nothing" for other in claimed)
        ):
            yield one


def _extended(codes: list[str]) -> dict[tuple[str, str], datetime]:
    found: dict[tuple[str, str], datetime] = {}
    present = set(codes)
    for path in sorted((course.root() / course.OUTCOMES).glob(f"*/{trainee_deadline.FILE}")):
        code = path.parent.name
        if code in present:
            found |= {(unit, code): until for unit, until in trainee_deadline.all_of(code).items()}
    return found
