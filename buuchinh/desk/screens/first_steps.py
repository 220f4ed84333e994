"""Take an empty class through its three steps: the list, the exercises with their deadlines, what is given out."""

from __future__ import annotations

from collections.abc import Collection

from buuchinh.desk.class_list import details
from buuchinh.desk.class_state import reminders
from buuchinh.desk.class_state.read_class import NOT_ASKED, ClassState, State, Unit
from buuchinh.desk.naming import unit_names
from buuchinh.desk_payloads.desk_screens import FirstSteps, FirstUnit
from buuchinh.messages import say, section

ID = "first_steps"
"""Names the steps where they are put off."""
_FIRST_UNITS = 4
_BEFORE: frozenset[State] = NOT_ASKED | {"nothing"}


def payload(state: ClassState, put_off: Collection[str] = ()) -> FirstSteps | None:
    """Return the steps, or None once all are done, somebody handed work in, or they were put off."""
    units = [unit for unit in state.units if unit_names.on_a_path(unit.id)][:_FIRST_UNITS]
    dated, made = any(unit.deadline for unit in state.units), details.bundle()["path"]
    begun = any(cell.state not in _BEFORE for cell in state.cells.values()) or bool(state.refused)
    if state.people and (begun or (dated and made) or ID in put_off):
        return None
    return {
        "words": section("desk.first_steps"),
        "id": ID,
        "at": 3 if dated and state.people else 2 if state.people else 1,
        "units": [_unit(unit) for unit in units] if state.people else [],
        "done": say("desk.steps.people", count=len(state.people)) if state.people else "",
        "bundle": made,
        "exams": any(unit.exam for unit in state.units),
    }


def _unit(unit: Unit) -> FirstUnit:
    due = say("desk.next.due", at=reminders.clock_and_day(unit.deadline)) if unit.deadline else ""
    return {"unit": unit.id, "text": unit_names.short(unit.id), "due": due}
