"""Import of a class list: missing codes, the list with codes, the gradebook, returned trainees."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from buuchinh.classroom import gradebook, leavers, roster
from buuchinh.classroom.roster import Roster
from buuchinh.classroom.turn import turn


@dataclass(frozen=True)
class Enrolment:
    """An imported class list: its lists with codes, the number ``new`` in the gradebook, the codes of those ``back``.

    ``handed_out`` contains only names, offices and codes.
    """

    roster: Roster
    csv: Path
    xlsx: Path
    handed_out: Path
    new: int
    back: tuple[str, ...]


def _always(_count: int) -> bool:
    return True


@turn()
def enrol(path: Path, *, prefix: str = roster.PREFIX, joins: Callable[[int], bool] = _always) -> Enrolment | None:
    """Import a class list; ``KitError`` with all its faults, and then nothing is written.

    The list with codes is written first, so that an interrupted run assigns no code that is not recorded. A list with
    nobody of the class may be another class's: ``joins`` is called with the number of enrolled trainees, and returns
    whether to add the list to them; if not, nothing is written and None is returned.
    """
    enrolled = gradebook.students()
    loaded = roster.load(path, prefix=prefix, taken=enrolled)
    if enrolled and not set(enrolled) & set(loaded.codes) and not joins(len(enrolled)):
        return None
    csv, xlsx, handed_out = roster.hand_out(loaded)
    new = roster.enrol(loaded)
    return Enrolment(loaded, csv, xlsx, handed_out, new, tuple(leavers.returned(list(loaded.codes))))
