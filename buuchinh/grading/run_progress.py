"""Progress of a run over a class: the result of each submission, reported to a ``Watch``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

State = Literal["graded", "repaired", "unchanged", "failed"]


@dataclass(frozen=True)
class Result:
    """The result of one submission.

    ``notes`` name repairs, points for a person to check, or the reason of a failure; ``waits`` are the questions
    that the machine left to a person, ``foreign`` those of them that are answered by ids of another form or
    version, which cannot be accepted.
    """

    code: str
    state: State
    points: float | None
    most: float | None
    manual: bool
    notes: tuple[str, ...]
    waits: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()


class Watch(Protocol):
    """Observer of a run while a class is graded."""

    def ended(self, result: Result, number: int, total: int) -> None:
        """Receive the result of the ``number``-th of ``total`` submissions."""

    def running(self, look: Callable[[], tuple[str, ...]]) -> None:
        """Receive, before any code runs, a function that returns the codes of trainees whose code is running."""


class Silence:
    """A ``Watch`` that shows nothing."""

    def ended(self, result: Result, number: int, total: int) -> None:
        """Show nothing."""

    def running(self, look: Callable[[], tuple[str, ...]]) -> None:
        """Show nothing."""
