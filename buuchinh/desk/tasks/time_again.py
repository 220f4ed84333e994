"""Say who gets time for a unit after its feedback was packed or its solutions were made: they may have seen them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from buuchinh.desk.class_state import reminders
from buuchinh.desk.class_state.read_class import OWING, ClassState, Unit
from buuchinh.desk.naming import unit_names
from buuchinh.desk.tasks.task import Action, Task
from buuchinh.messages import say
from buuchinh.personal_data.names import Names
from buuchinh.text import format_moment


def task(state: ClassState, unit: Unit, at: datetime, called: Callable[[str], str]) -> Task | None:
    """Return the task that names who still has time for a unit of which something has gone out, or None."""
    codes = in_time(state, unit, at)
    if not codes:
        return None
    end = max(filter(None, (reminders.own_deadline(state, unit, code) for code in codes)))
    words = {"unit": unit_names.spoken(unit.id), "at": reminders.clock_and_day(end)}
    one = len(codes) == 1
    person = {"person": called(codes[0])} if one else {"count": len(codes)}
    opens = Action("cell", {"unit": unit.id, "code": codes[0]}) if one else Action("unit", {"unit": unit.id})
    return Task(
        f"time:{unit.id}", "◷", "open",
        say(f"desk.now.time_{'one' if one else 'many'}", **person, **words),
        say("desk.now.time_why", what=what_went_out(unit)),
        say("desk.now.see"),
        opens,
    )  # fmt: skip


def in_time(state: ClassState, unit: Unit, at: datetime) -> list[str]:
    """Return the codes of the people who owe a unit of which something has gone out, and whose time is not over."""
    if unit.gone_out is None:
        return []
    owing = [code for code in state.with_state(unit.id, *OWING) if reminders.is_asked(state, unit, code, at)]
    return [code for code in owing if (end := reminders.own_deadline(state, unit, code)) and end > at]


def for_person(state: ClassState, unit: Unit, code: str, until: datetime, called: str) -> str:
    """Return what to consider before a person gets time until ``until``, or "" if nothing has gone out by then."""
    before = reminders.own_deadline(state, unit, code)
    if not _adds(unit, before, until):
        return ""
    words = {"person": called, "unit": unit_names.spoken(unit.id), "at": reminders.clock_and_day(until)}
    return say("desk.time_again.person", **words, what=what_went_out(unit))


def for_class(state: ClassState, unit: Unit, until: datetime, names: Names) -> str:
    """Return what to consider before the class gets time until ``until``, or "" if nothing has gone out by then."""
    if not _adds(unit, unit.deadline, until):
        return ""
    owing = state.with_state(unit.id, *OWING)
    who = say("desk.time_again.owing", count=len(owing), people="; ".join(names.some(owing))) if owing else ""
    words = {"unit": unit_names.spoken(unit.id), "at": reminders.clock_and_day(until)}
    return " ".join(filter(None, (say("desk.time_again.class", **words, what=what_went_out(unit)), who)))


def what_went_out(unit: Unit) -> str:
    """Return a phrase that names the feedback and the solutions of a unit that have gone out, and when."""
    found = []
    if unit.packed_at:
        found.append(say("desk.time_again.feedback", count=unit.packed, at=format_moment(unit.packed_at)))
    if unit.solutions_at:
        found.append(say("desk.time_again.solutions", at=format_moment(unit.solutions_at)))
    return say("desk.time_again.both", first=found[0], second=found[1]) if len(found) > 1 else "".join(found)


def _adds(unit: Unit, before: datetime | None, until: datetime) -> bool:
    """Return whether a deadline moves to a later time, and something had gone out before that time."""
    moved = before is not None and until > before
    return moved and unit.gone_out is not None and until > unit.gone_out
