"""Lay a class out as a table of people and units: rows, heads of columns with the next step, filters with counts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, get_args

from buuchinh import course
from buuchinh.desk.class_state import reminders, sitting_again
from buuchinh.desk.class_state.read_class import OWING, TO_DO, Cell, ClassState, State, Trainee, Unit
from buuchinh.desk.naming import unit_names
from buuchinh.desk.tasks import now as rules
from buuchinh.desk_payloads.desk_screens import CellState, ClassTable, DeskAction, NextStep, RowFilter, UnitColumn
from buuchinh.messages import say, section
from buuchinh.personal_data.names import Names
from buuchinh.text import format_number

STATES: tuple[State, ...] = get_args(State)
_SENT, _PASSED_BEFORE, _OWES, _ALIKE, _FAILED = 1, 2, 4, 8, 16
"""Flags of a cell in the payload; who owes work has at most a day left, or none; alike is like another's work."""
NO_SIGNS: Mapping[str, Collection[str]] = MappingProxyType({})


def payload(
    state: ClassState,
    names: Names,
    at: datetime,
    alike: Mapping[str, Collection[str]] = NO_SIGNS,
    corrected: Collection[str] = (),
) -> ClassTable:
    """Return the table for the browser; cells are ``[state, points, flags]``, where ``state`` counts in ``STATES``.

    ``alike`` maps units to the codes of people whose work is like another's; of ``corrected`` units a corrected key
    waits to be applied.
    """
    units = sorted(
        (unit for unit in state.units if _is_shown(state, unit)), key=lambda unit: not _is_begun(state, unit)
    )
    return {
        "states": [_state(name) for name in STATES],
        "units": [_head(state, unit, at, corrected=unit.id in corrected) for unit in units],
        "rows": [_row(state, units, person, names, at, alike) for person in state.people],
        "filters": _filters(state, units, at),
        "named": any(one.name for one in names),
    }


def _state(name: State) -> CellState:
    words = section("desk.states")[name]
    return {"id": name, "sign": words["sign"], "word": words["word"], "full": words["full"], "tone": words["tone"]}


def _is_shown(state: ClassState, unit: Unit) -> bool:
    """Return whether a unit has a column: it is on a path, it was given out, or people wait for this sitting."""
    return unit.given_out or unit_names.on_a_path(unit.id) or sitting_again.needs_deadline(state, unit)


def _is_begun(state: ClassState, unit: Unit) -> bool:
    """Return whether a unit, or any sitting of an exam, was given out: sittings stay in their order."""
    return unit.given_out or any(state.unit(other).given_out for other in unit.sittings)


def _row(
    state: ClassState,
    units: Iterable[Unit],
    trainee: Trainee,
    names: Names,
    at: datetime,
    alike: Mapping[str, Collection[str]],
) -> tuple[str, str, str, str, list[list[Any]]]:
    code, person = trainee.code, names.person(trainee.code)
    cells = [
        _cell(
            state.cell(unit.id, code),
            _OWES * reminders.owes(state, unit, code, at)
            + _ALIKE * (code in alike.get(unit.id, ()))
            + _FAILED * failed(state, unit, code),
        )
        for unit in units
    ]
    return (trainee.code, person.name, person.office, course.role_title(trainee.role) if trainee.role else "", cells)


def failed(state: ClassState, unit: Unit, code: str) -> bool:
    """Return whether a person failed a unit and has passed it in no other sitting."""
    others = (state.cells.get((name, code)) for name in unit.sittings)
    passed = any(cell and cell.state == "passed" for cell in others)
    return state.cell(unit.id, code).state == "failed" and not passed


def _cell(cell: Cell, flags: int) -> list[Any]:
    flags += _SENT * cell.sent + _PASSED_BEFORE * cell.passed_before
    number = STATES.index(cell.state)
    if cell.earned is None or cell.state in {"new", "look"}:
        return [number, "", flags] if flags else [number]
    return [number, score(cell.earned, cell.most), *([flags] if flags else [])]


def points(value: float) -> str:
    """Return points with as many decimals as they need, up to two."""
    return format_number(round(value, 2))


def score(earned: float, most: float | None) -> str:
    """Return points as they are said alone: “39/40”."""
    return f"{points(earned)}/{points(most)}" if most else points(earned)


def _head(state: ClassState, unit: Unit, at: datetime, *, corrected: bool) -> UnitColumn:
    expected = state.expected(unit.id)
    done = sum(state.cell(unit.id, code).state not in OWING for code in expected)
    return {
        "id": unit.id,
        "short": unit_names.short(unit.id),
        "subject": unit_names.subject(unit.id),
        "done": done if unit.given_out else 0,
        "of": len(expected) if unit.given_out else 0,
        "due": reminders.clock_and_day(unit.deadline) if unit.deadline else "",
        "next": next_step(state, unit, at, corrected=corrected),
    }


def next_step(state: ClassState, unit: Unit, at: datetime, *, corrected: bool = False) -> NextStep:
    """Return what comes next for a unit: its words, their tone and, where there is something to press, the action.

    ``corrected`` says that a corrected key of the unit waits to be applied.
    """
    for name, kind, found in (
        ("look", "decisions", state.with_state(unit.id, "refused")),
        ("grade", "grade", state.with_state(unit.id, "new")),
        ("look", "cell", state.with_state(unit.id, "look")),
        ("mark", "mark", state.with_state(unit.id, "waiting")),
        ("look", "decisions", list(unit.nobodys)),
        ("regrade", "regrade", [unit.id] if corrected else []),
        ("send", "send_feedback", rules.ready_to_send(state, unit, at)),
        ("remind", "remind", reminders.to_remind(state, unit, at)),
    ):
        if found:
            return {"text": say(f"desk.next.{name}", count=len(found)), "tone": "press", **_action(kind, unit, found)}
    if sitting_again.needs_deadline(state, unit):
        return {"text": say("desk.next.deadline"), "tone": "press", **_action("unit", unit, [])}
    if not unit.given_out:
        return {"text": say("desk.next.not_given"), "tone": "soft"}
    graded = state.with_state(unit.id, "passed", "failed")
    if graded and all(state.cell(unit.id, code).sent for code in graded):
        return {"text": say("desk.next.sent"), "tone": "green"}
    due = say("desk.next.due", at=reminders.clock_and_day(unit.deadline)) if unit.deadline else ""
    return {"text": due, "tone": "soft"}


def _action(kind: str, unit: Unit, found: list[Any]) -> DeskAction:
    if kind in {"grade", "send_feedback"}:
        return {"kind": "job", "values": {"action": kind, "unit": unit.id}}
    if kind == "cell":
        return {"kind": "cell", "values": {"unit": unit.id, "code": found[0]}}
    return {"kind": kind, "values": {"unit": unit.id}}


def _filters(state: ClassState, units: list[Unit], at: datetime) -> list[RowFilter]:
    """Return the filters with how many people each shows; the browser chooses rows by the same states and flags."""

    def count(chosen: Callable[[Unit, str], bool]) -> int:
        return sum(any(chosen(unit, one.code) for unit in units) for one in state.people)

    todo = count(lambda unit, code: state.cell(unit.id, code).state in TO_DO)
    missing = count(lambda unit, code: reminders.owes(state, unit, code, at))
    still_failed = count(lambda unit, code: failed(state, unit, code))
    return [
        {"id": "all", "text": say("desk.filters.all", count=len(state.people))},
        {"id": "todo", "text": say("desk.filters.todo", count=todo), "states": sorted(map(STATES.index, TO_DO))},
        {"id": "missing", "text": say("desk.filters.missing", count=missing), "flag": _OWES},
        {"id": "failed", "text": say("desk.filters.failed", count=still_failed), "flag": _FAILED},
    ]
