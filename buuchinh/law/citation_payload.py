"""A provision as people read it: its words or a summary that is marked as one, its days, what is not settled."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from buuchinh.course.settings import settings
from buuchinh.errors import KitError
from buuchinh.law import provision_text
from buuchinh.law.citation import cite, confidence_words
from buuchinh.law.law_register import Provision, provision
from buuchinh.law.references import parse


@dataclass(frozen=True)
class Citation:
    """One provision as a trainee reads it; ``words`` is the law's own text or a summary that is marked as one.

    ``state`` says what is not settled of it: its document lapsed in part, an older wording, a word not verified.
    ``quote`` is the law's own text alone, ``left_out`` what of the provision it does not have.
    """

    ref: str
    cite: str
    heading: str
    words: str
    amount: str
    dates: str
    state: str
    confidence: str
    quote: str
    left_out: str

    def told(self) -> dict[str, str]:
        """Return what its dialog and tables tell."""
        return {name: text for name, text in asdict(self).items() if name not in {"quote", "left_out"}}

    def noted(self) -> dict[str, str]:
        """Return what stands below the answer to a question: where it stands, its quotation, its days in one line."""
        said = (self.left_out, self.dates, self.confidence, self.state.rstrip("."))
        quote = {"quote": self.quote} if self.quote else {}
        return {"text": self.cite, **quote, "note": "; ".join(filter(None, said))}


def citation(ref: str, on: date | None = None) -> Citation:
    """Return what a trainee reads about ``ref``; ``KitError`` where the register does not have it.

    With ``on`` as it read on that day, or on its own day after ``@``, and ``KitError`` where it did not hold then.
    """
    period = provision(ref, parse(ref).on or on) if on else _as_reviewed(ref)
    return Citation(
        ref=ref,
        cite=cite(ref),
        heading=period.heading,
        words=provision_text.words(period),
        amount=provision_text.amount(period),
        dates=provision_text.days(period),
        state=provision_text.state(period),
        confidence=confidence_words(period.confidence),
        quote=period.quote or "",
        left_out=provision_text.left_out(period).rstrip("."),
    )


def _as_reviewed(ref: str) -> Provision:
    """Return the text in force when the course was last reviewed; for what had lapsed by then, its last text.

    Not today's: a lesson must not change, and its tests not fail, because a day went by.
    """
    try:
        return provision(ref, settings().reviewed_on)
    except KitError:
        return provision(ref)
