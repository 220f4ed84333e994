"""Take an empty class through its three steps: the list, the exercises with their deadlines, what is given out."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from buuchinh import course
from buuchinh.classroom import enrolment, gradebook, roster
from buuchinh.desk import inbox, unit_names
from buuchinh.desk.class_state import ClassState
from buuchinh.errors import KitError
from buuchinh.intake.filenames import safe
from buuchinh.messages import say, section
from buuchinh.spreadsheet import WORKBOOKS

_LISTS = frozenset({".csv", *WORKBOOKS})
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


def enrol(batch: str) -> str:
    """Take the only file of a batch as the class list, and return what came of it in words.

    The list is copied into the course folder, as if somebody had laid it there. Raise ``KitError`` if it is no list or
    has faults; nothing is kept then.
    """
    found = inbox.find(batch)
    if len(found.files) != 1 or Path(found.files[0]).suffix.lower() not in _LISTS:
        inbox.remove(batch)
        raise KitError(say("desk.steps.no_list"))
    source = found.folder / found.files[0]
    here = {path.name for path in course.root().iterdir()}
    target = course.root() / safe(source.name, here)
    shutil.copyfile(source, target)
    try:
        done = enrolment.enrol(target, joins=lambda _count: False)
    except KitError:
        target.unlink()
        raise
    finally:
        inbox.remove(batch)
    if done is None:
        target.unlink()
        raise KitError(say("desk.steps.another_class"))
    words = say("desk.steps.enrolled", count=len(done.roster.codes), new=done.new, file=done.handed_out.name)
    return " ".join((words, *roster.doubts(done.roster)))


def in_gradebook(unit: str) -> bool:
    """Return whether a unit was released on this machine, so that it can be graded."""
    return bool(gradebook.rows(_KNOWN, unit=unit))
