"""Read the emergency instructions, with the numbers to call, from the single table that defines them.

The wall card, the stickers, the banners and the campaign sheets are built from its rows. Lessons and instructors' pages
repeat the instructions verbatim (``stands_in`` lists these files), and ``check`` compares them with the table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from buuchinh import datasets

TABLE = "law/emergency-acts"


@dataclass(frozen=True)
class EmergencyAct:
    """One emergency instruction: ``head`` is the case, ``text`` the action, ``calls`` the ids of numbers to call."""

    id: str
    kind: str
    head: str
    text: str
    calls: tuple[str, ...]
    basis: str
    provisions: tuple[str, ...]
    stands_in: tuple[str, ...]


def acts(kind: str) -> list[EmergencyAct]:
    """Return the instructions of one kind (``sign``, ``step``, ``person`` or ``case``) in table order."""
    return [act for act in all_acts() if act.kind == kind]


def all_acts() -> Sequence[EmergencyAct]:
    """Return all instructions in table order."""
    return datasets.made_of(_read, TABLE)


def sign_line() -> str:
    """Return the danger signs of items on one line; signs that a person shows are left out."""
    return ", ".join(act.text for act in acts("sign") if act.calls)


def person() -> str:
    """Return what to do for an injured person, as one sentence that includes the case."""
    return " ".join(f"{act.head} {act.text}" for act in acts("person"))


def _read() -> Sequence[EmergencyAct]:
    return tuple(row.made_into(EmergencyAct) for row in datasets.read(TABLE).rows)
