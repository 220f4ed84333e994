"""Remember which late work is not taken, in ``so-cham/nop-tre.json``; the work stays stored and does not count.

What was decided is stored by code and unit with the time of the hand-in, so that a later one is asked about again.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from buuchinh import course
from buuchinh.attempts import trainee_deadline
from buuchinh.classroom.turn import turn
from buuchinh.desk.class_state.read_class import ClassState
from buuchinh.files import read_record, sound_record, write_json

FILE = "nop-tre.json"


def undecided(state: ClassState) -> dict[tuple[str, str], datetime]:
    """Return when the work came that is late, does not count, and needs a decision, by unit and code."""
    decided, present = sound_record(_path()), {one.code for one in state.people}
    return {
        (unit, code): at
        for (unit, code), at in state.late_at.items()
        if code in present and not _is_left_out(decided, unit, code, at)
    }


def waits(unit: str, code: str, at: datetime) -> bool:
    """Return whether work of the time ``at`` is late and needs a decision."""
    return trainee_deadline.is_late(unit, code, at) and not _is_left_out(sound_record(_path()), unit, code, at)


@turn()
def leave_out(unit: str, code: str, at: datetime) -> None:
    """Record the instructor's decision not to accept the late submission handed in at ``at``."""
    decided = read_record(_path())
    units = decided.get(code)
    write_json(_path(), {**decided, code: (units if isinstance(units, dict) else {}) | {unit: at.isoformat()}})


def _is_left_out(decided: Mapping[str, Any], unit: str, code: str, at: datetime) -> bool:
    units = decided.get(code)
    return isinstance(units, dict) and units.get(unit) == at.isoformat()


def _path() -> Path:
    return course.root() / course.OUTCOMES / FILE
