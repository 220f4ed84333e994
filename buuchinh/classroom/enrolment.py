"""Import a class list: assign codes, write the list with codes, enrol trainees, and readmit trainees who had left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from buuchinh.classroom import gradebook, leavers, newcomers, roster
from buuchinh.classroom.roster_contents import Roster
from buuchinh.classroom.turn import turn


@dataclass(frozen=True)
class Enrolment:
    """The result of importing a class list.

    ``csv`` and ``xlsx`` are the paths of the list with codes in both formats. ``handed_out`` is the path of a list with
    only names, offices and codes. ``new`` is the number of trainees added to the gradebook, and ``back`` holds the
    codes of trainees who had left and are now readmitted.
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
    """Import a class list; if it is invalid, write nothing and raise ``KitError`` with all its problems.

    ``prefix`` begins each new code. The list with codes is written first, so that every assigned code is recorded even
    if the run is interrupted. A list that names none of the enrolled trainees may belong to another class. In that
    case, ``joins`` is called with the number of enrolled trainees; if it returns False, nothing is written and None is
    returned.
    """
    with gradebook.opened() as book:  # before a file is written: without nbgrader, or if it is locked, nothing is
        enrolled = sorted(student.id for student in book.students)
    loaded = roster.load(path, prefix=prefix, taken=enrolled)
    if enrolled and not set(enrolled) & set(loaded.codes) and not joins(len(enrolled)):
        return None
    csv, xlsx, handed_out = roster.hand_out(loaded)
    if enrolled:
        newcomers.keep(set(loaded.codes).difference(enrolled))
    new = roster.enrol(loaded)
    return Enrolment(loaded, csv, xlsx, handed_out, new, tuple(leavers.returned(list(loaded.codes))))
