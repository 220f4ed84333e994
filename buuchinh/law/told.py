"""A provision as people read it: its words or a summary that is marked as one, its days, what is not settled."""

from __future__ import annotations

from dataclasses import dataclass

from buuchinh.course.settings import settings
from buuchinh.errors import KitError
from buuchinh.law import wording
from buuchinh.law.citation import cite, confidence_words
from buuchinh.law.register import Provision, provision


@dataclass(frozen=True)
class Citation:
    """One provision as a trainee reads it; ``words`` is the law's own text or a summary that is marked as one.

    ``state`` says what is not settled of it: its document lapsed in part, an older wording, a word not verified.
    """

    ref: str
    cite: str
    heading: str
    words: str
    amount: str
    dates: str
    state: str
    confidence: str


def citation(ref: str) -> Citation:
    """Return what a trainee reads about ``ref``; ``KitError`` where the register does not have it."""
    period = _as_reviewed(ref)
    return Citation(
        ref=ref,
        cite=cite(ref),
        heading=period.heading,
        words=wording.words(period),
        amount=wording.amount(period),
        dates=wording.days(period),
        state=wording.state(period),
        confidence=confidence_words(period.confidence),
    )


def _as_reviewed(ref: str) -> Provision:
    """Return the text in force when the course was last reviewed; for what had lapsed by then, its last text.

    Not today's: a lesson must not change, and its tests not fail, because a day went by.
    """
    try:
        return provision(ref, settings().reviewed_on)
    except KitError:
        return provision(ref)
