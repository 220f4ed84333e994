"""Takes a class list in: missing codes, the list with codes, the gradebook, who is back; one command at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from buuchinh.classroom import gradebook, leavers, roster
from buuchinh.classroom.roster import Roster
from buuchinh.classroom.turn import turn


@dataclass(frozen=True)
class Enrolment:
    """A class list that was taken in: its lists with codes, how many are ``new`` in the gradebook, who is ``back``.

    ``handed_out`` has names, offices and codes alone.
    """

    roster: Roster
    csv: Path
    xlsx: Path
    handed_out: Path
    new: int
    back: tuple[str, ...]


def _always(_there: int) -> bool:
    return True


@turn()
def enrol(path: Path, *, prefix: str = roster.PREFIX, joins: Callable[[int], bool] = _always) -> Enrolment | None:
    """Take a class list in; ``KitError`` with every fault of it, and then nothing is written.

    The list with codes comes first: a run that is stopped half way has given no code that nobody knows of. A list that
    has nobody of the class may be another class's: ``joins`` is told how many there are, and says whether they are one;
    where they are not, nothing is written and None comes back.
    """
    there = gradebook.students()
    made = roster.load(path, prefix=prefix, taken=there)
    if there and not set(there) & set(made.codes) and not joins(len(there)):
        return None
    csv, xlsx, handed_out = roster.hand_out(made)
    new = roster.enrol(made)
    return Enrolment(made, csv, xlsx, handed_out, new, tuple(leavers.returned(list(made.codes))))
