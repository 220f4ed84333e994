"""A provision for display: its text or a summary marked as one, its days, and open points."""

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
    """A provision as shown to trainees; ``words`` is the law's own text or a summary marked as one.

    ``state`` names open points: its document lapsed in part, an older wording, an unverified word. ``quote`` is the
    law's own text alone, ``left_out`` the omitted parts of the provision.
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

    def for_dialog(self) -> dict[str, str]:
        """Return the fields of its dialog and of tables."""
        return {name: text for name, text in asdict(self).items() if name not in {"quote", "left_out"}}

    def noted(self) -> dict[str, str]:
        """Return the fields below the answer to a question: citation, quotation, days in one line."""
        fields = (self.left_out, self.dates, self.confidence, self.state.rstrip("."))
        quote = {"quote": self.quote} if self.quote else {}
        return {"text": self.cite, **quote, "note": "; ".join(filter(None, fields))}


def citation(ref: str, on: date | None = None) -> Citation:
    """Return the citation of ``ref`` for trainees; ``KitError`` where the register does not have it.

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
    """Return the text in force when the course was last reviewed; if lapsed by then, its last text.

    Today's text is not used, as lessons and their tests must not change with the calendar.
    """
    try:
        return provision(ref, settings().reviewed_on)
    except KitError:
        return provision(ref)
