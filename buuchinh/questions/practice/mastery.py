"""Mastery: four of the last five answers to an objective were right at the first try.

The measure of Kolibri's exercises ("m of the last n"), kept for each learning objective over
lessons and follow-up packs alike. It tells a trainee what to go on with; it grades nobody.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

LAST, ENOUGH = 5, 4


@dataclass(frozen=True)
class Attempt:
    """The first answer that somebody gave to a question of an objective, and when."""

    objective: str
    question: str
    right: bool
    at: datetime


@dataclass(frozen=True)
class Mastery:
    """How the last answers to one objective went, oldest first; at most five."""

    last: tuple[bool, ...]

    @property
    def mastered(self) -> bool | None:
        """Whether four of the last five were right; None while there are fewer than five and it is still open."""
        if sum(self.last) >= ENOUGH:
            return True
        return None if len(self.last) < LAST else False

    @property
    def share(self) -> float:
        """Right answers among the last five, where an answer that was never given counts as none."""
        return sum(self.last) / LAST


def mastery(attempts: Iterable[Attempt]) -> dict[str, Mastery]:
    """Return how each objective of ``attempts`` stands."""
    found: dict[str, list[bool]] = {}
    for attempt in sorted(attempts, key=lambda one: one.at):
        found.setdefault(attempt.objective, []).append(attempt.right)
    return {objective: Mastery(tuple(rights[-LAST:])) for objective, rights in found.items()}
