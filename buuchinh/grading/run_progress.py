"""What a run over a class reports while it goes on: the result of each submission, to whoever watches."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

State = Literal["graded", "repaired", "unchanged", "failed"]


@dataclass(frozen=True)
class Result:
    """The result of one submission.

    ``notes`` says what was repaired, what a person is to look at, or why it failed; ``waits`` are the questions
    that the machine could not score and left to a person, ``foreign`` those of them that are answered by ids of
    another form or version: nobody can accept those.
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
    """Is called while a class is graded."""

    def ended(self, result: Result, number: int, total: int) -> None:
        """Take the result of the ``number``-th of ``total`` submissions."""

    def running(self, look: Callable[[], tuple[str, ...]]) -> None:
        """Take, before any code runs, a function that returns whose code is running now."""


class Silence:
    """A ``Watch`` that shows nothing."""

    def ended(self, result: Result, number: int, total: int) -> None:
        """Show nothing."""

    def running(self, look: Callable[[], tuple[str, ...]]) -> None:
        """Show nothing."""
