"""Sort practice questions by whether they can be asked about the law of a given day, for ``check --date``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from buuchinh.questions import question_bank
from buuchinh.questions.practice.asked_on_day import obstacles


@dataclass(frozen=True)
class Askable:
    """The ids of practice questions, sorted by whether they can be asked about the law in force on ``day``."""

    day: date
    asked: tuple[str, ...]
    without_key: tuple[str, ...]
    off_basis: dict[str, tuple[str, ...]]
    """Maps a question's id to those of its provisions that are not in force on ``day``."""


def askable(day: date) -> Askable:
    """Sort the practice questions by whether they can be asked about the law in force on ``day``.

    Raise ``KitError`` if a question file is invalid.
    """
    asked: list[str] = []
    without_key: list[str] = []
    off_basis: dict[str, tuple[str, ...]] = {}
    for path in question_bank.practice_files():
        for question in question_bank.load(path).questions:
            reasons = obstacles(question, day)
            if not reasons:
                asked.append(question.id)
            elif any(reason.kind == "no_key" for reason in reasons):
                without_key.append(question.id)
            else:
                off_basis[question.id] = tuple(reason.ref for reason in reasons)
    return Askable(day, tuple(asked), tuple(without_key), off_basis)
