"""Define the result of grading a submission, and the ``Watch`` to which a grading run reports its progress."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

State = Literal["graded", "repaired", "unchanged", "failed"]


@dataclass(frozen=True)
class Result:
    """The result of grading one submission.

    ``most`` is the maximum number of ``points``, and ``manual`` is True if any question is graded manually. ``notes``
    reports repairs, matters to check, or the reason for a failure. ``waits`` lists the questions that await manual
    review. ``foreign`` lists those among them that were answered with IDs from another form or version, which cannot be
    accepted.
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
        """Receive a submission's result, which is the ``number``-th result (1-based) out of ``total``."""

    def running(self, look: Callable[[], tuple[str, ...]]) -> None:
        """Receive, before any code runs, a function that returns the codes of trainees whose code is now running."""


class Silence:
    """A ``Watch`` that shows nothing."""

    def ended(self, result: Result, number: int, total: int) -> None:
        """Ignore the result."""

    def running(self, look: Callable[[], tuple[str, ...]]) -> None:
        """Ignore the function."""
