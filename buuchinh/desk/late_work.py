"""Remember which late work is not taken, in ``so-cham/nop-tre.json``; the work stays stored and does not count.

What was decided is stored with the time of the hand-in, so that a later one is asked about again.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from buuchinh import course
from buuchinh.attempts import trainee_deadline
from buuchinh.classroom.turn import turn
from buuchinh.desk.class_state import ClassState
from buuchinh.errors import KitError
from buuchinh.files import read_record, write_json

FILE = "nop-tre.json"


def undecided(state: ClassState) -> dict[tuple[str, str], datetime]:
    """Return when the work came that is late, does not count, and needs a decision, by unit and code."""
    decided, present = _read(), {one.code for one in state.people}
    return {
        (unit, code): at
        for (unit, code), at in state.late_at.items()
        if code in present and decided.get(f"{unit} {code}") != at.isoformat()
    }


def waits(unit: str, code: str, at: datetime) -> bool:
    """Return whether work of the time ``at`` is late and needs a decision."""
    return trainee_deadline.is_late(unit, code, at) and _read().get(f"{unit} {code}") != at.isoformat()


@turn()
def leave_out(unit: str, code: str, at: datetime) -> None:
    """Record that late work of the time ``at`` is not taken."""
    write_json(_path(), {**read_record(_path()), f"{unit} {code}": at.isoformat()})


def _read() -> Mapping[str, Any]:
    try:
        return read_record(_path())
    except KitError:  # a damaged file decides nothing
        return {}


def _path() -> Path:
    return course.root() / course.OUTCOMES / FILE
