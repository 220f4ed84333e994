"""Which practice questions can be asked about the law of a day, for ``check --date``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from buuchinh.questions import question_bank
from buuchinh.questions.practice.asked_on_day import obstacles


@dataclass(frozen=True)
class Askable:
    """The practice questions of a day: those that can be asked, without a key, and with a basis not in force."""

    day: date
    asked: tuple[str, ...]
    without_key: tuple[str, ...]
    off_basis: dict[str, tuple[str, ...]]
    """For each question the provisions that were not in force."""


def askable(day: date) -> Askable:
    """Sort the practice questions by whether they can be asked about ``day``; ``KitError`` for a broken file."""
    asked: list[str] = []
    without_key: list[str] = []
    off_basis: dict[str, tuple[str, ...]] = {}
    for path in question_bank.practice_files():
        for question in question_bank.load(path).questions:
            found = obstacles(question, day)
            if not found:
                asked.append(question.id)
            elif any(one.kind == "no_key" for one in found):
                without_key.append(question.id)
            else:
                off_basis[question.id] = tuple(one.ref for one in found)
    return Askable(day, tuple(asked), tuple(without_key), off_basis)
