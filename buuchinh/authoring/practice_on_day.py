"""Practice questions that can be asked about the law of a day, for ``check --date``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from buuchinh.questions import question_bank
from buuchinh.questions.practice.asked_on_day import obstacles


@dataclass(frozen=True)
class Askable:
    """The practice questions of a day: askable ones, ones without a key, ones whose basis is not in force."""

    day: date
    asked: tuple[str, ...]
    without_key: tuple[str, ...]
    off_basis: dict[str, tuple[str, ...]]
    """The provisions not in force, by question."""


def askable(day: date) -> Askable:
    """Return the practice questions by whether they can be asked about ``day``.

    Raises ``KitError`` for an invalid file.
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
