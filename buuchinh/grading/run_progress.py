"""Data model of a submission's result, and the ``Watch`` to which a grading run reports its progress."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

State = Literal["graded", "repaired", "unchanged", "failed"]


@dataclass(frozen=True)
class Result:
    """The result of grading one submission.

    ``most`` is the maximum of ``points``; ``manual`` is whether any question is graded manually. ``notes`` report
    repairs, matters to check, or the reason for a failure. ``waits`` are the questions that await manual review;
    ``foreign`` are those among them that were answered with ids of another form or version and cannot be accepted.
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
    """Observer of a grading run over a class."""

    def ended(self, result: Result, number: int, total: int) -> None:
        """Receive the result of a submission, the ``number``-th (1-based) of ``total`` to be finished."""

    def running(self, look: Callable[[], tuple[str, ...]]) -> None:
        """Receive, before any code runs, a function that returns the codes of the trainees whose code is running."""


class Silence:
    """A ``Watch`` that shows nothing."""

    def ended(self, result: Result, number: int, total: int) -> None:
        """Show nothing."""

    def running(self, look: Callable[[], tuple[str, ...]]) -> None:
        """Show nothing."""
