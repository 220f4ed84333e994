"""Instructions for emergencies, with the numbers to call: one table as the source of all texts that contain them.

The wall card, the stickers, the banners and the campaign's sheets are built from the rows; lessons and instructors'
pages repeat them word by word (``stands_in``), and ``check`` compares.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from buuchinh import datasets

TABLE = "law/emergency-acts"


@dataclass(frozen=True)
class EmergencyAct:
    """One instruction: ``head`` is the case, ``text`` the action, ``calls`` the ids of the numbers in it."""

    id: str
    kind: str
    head: str
    text: str
    calls: tuple[str, ...]
    basis: str
    provisions: tuple[str, ...]
    stands_in: tuple[str, ...]


def acts(kind: str) -> list[EmergencyAct]:
    """Return the rows of one kind in the order of the table: ``sign``, ``step``, ``person``, ``case``."""
    return [act for act in all_acts() if act.kind == kind]


def all_acts() -> Sequence[EmergencyAct]:
    """Return every row of the table in its own order."""
    return datasets.made_of(_read, TABLE)


def sign_line(*, of_items: bool = False) -> str:
    """Return the signs of danger as one line; ``of_items`` omits the sign that a person shows."""
    return ", ".join(act.text for act in acts("sign") if act.calls or not of_items)


def person() -> str:
    """Return the one sentence on a person who is hurt, with its head."""
    return " ".join(f"{act.head} {act.text}" for act in acts("person"))


def _read() -> Sequence[EmergencyAct]:
    return tuple(
        EmergencyAct(
            id=row["id"],
            kind=row["kind"],
            head=row["head"] or "",
            text=row["text"],
            calls=tuple(row["calls"] or ()),
            basis=row["basis"],
            provisions=tuple(row["provisions"] or ()),
            stands_in=tuple(row["stands_in"] or ()),
        )
        for row in datasets.read(TABLE).rows
    )
