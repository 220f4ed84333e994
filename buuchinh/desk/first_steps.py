"""Take an empty class through its three steps: the list, the exercises with their deadlines, what is given out."""

from __future__ import annotations

from typing import Any

from buuchinh.classroom import gradebook
from buuchinh.desk import unit_names
from buuchinh.desk.class_state import ClassState
from buuchinh.messages import say, section

_FIRST_UNITS = 4
_KNOWN = "SELECT id FROM assignment WHERE name = :unit"


def payload(state: ClassState) -> dict[str, Any] | None:
    """Return the steps, or None once the class has people and something was given out."""
    if state.people and any(unit.given_out for unit in state.units):
        return None
    units = [unit.id for unit in state.units if unit_names.on_a_path(unit.id)][:_FIRST_UNITS]
    return {
        **section("desk.first_steps"),
        "at": 2 if state.people else 1,
        "units": [{"unit": name, "text": unit_names.short(name)} for name in units] if state.people else [],
        "done": say("desk.steps.people", count=len(state.people)) if state.people else "",
    }


def in_gradebook(unit: str) -> bool:
    """Return whether a unit was released on this machine, so that it can be graded."""
    return bool(gradebook.rows(_KNOWN, unit=unit))
