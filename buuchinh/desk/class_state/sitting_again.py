"""Find the people who have not passed an exam and have no further sitting of it."""

from __future__ import annotations

from datetime import datetime

from buuchinh.desk.class_state.read_class import ClassState, Unit


def is_latest(unit: Unit) -> bool:
    """Return whether a unit is the latest released sitting of an exam."""
    return unit.exam and unit.sittings[-1:] == (unit.id,)


def not_passed(state: ClassState, unit: Unit) -> list[str]:
    """Return the codes of the people who failed a sitting of an exam, have passed none and are to sit it."""

    def states(code: str) -> set[str]:
        return {cell.state for name in unit.sittings if (cell := state.cells.get((name, code)))}

    asked = [one.code for one in state.people if state.cell(unit.id, one.code).state != "not_expected"]
    return [code for code in asked if "failed" in (found := states(code)) and "passed" not in found]


def is_over(state: ClassState, unit: Unit, at: datetime) -> bool:
    """Return whether a sitting was graded, with nothing of it left to decide and nobody's time left."""
    waits = state.with_state(unit.id, "new", "look", "waiting", "refused", "open")
    return bool(unit.graded_at and not waits and not (unit.last and unit.last > at))


def needs_deadline(state: ClassState, unit: Unit) -> bool:
    """Return whether a further sitting was released for people who have not passed, but has no deadline yet."""
    further = is_latest(unit) and len(unit.sittings) > 1
    return further and not unit.given_out and bool(not_passed(state, unit))
