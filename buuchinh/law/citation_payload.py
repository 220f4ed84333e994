"""Prepare provisions for display, with quotation or summary, period of validity and open points."""

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
    """A provision as shown to trainees; ``words`` is a quotation, or a summary that is labelled as a summary.

    ``state`` describes open points, such as a document that has lapsed in part, an older wording or an unverified
    detail. ``quote`` is the quotation alone; ``left_out`` describes the parts of the provision that the quotation
    omits.
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
        """Return the fields shown in the provision's dialog and in tables."""
        return {name: text for name, text in asdict(self).items() if name not in {"quote", "left_out"}}

    def noted(self) -> dict[str, str]:
        """Return the fields shown below the answer to a question: citation, quotation and a one-line note."""
        fields = (self.left_out, self.dates, self.confidence, self.state.rstrip("."))
        quote = {"quote": self.quote} if self.quote else {}
        return {"text": self.cite, **quote, "note": "; ".join(filter(None, fields))}


def citation(ref: str, on: date | None = None) -> Citation:
    """Return the citation of ``ref`` as shown to trainees; raise ``KitError`` if the register does not contain it.

    If ``on`` is given, return the provision as it read on that day; a day after ``@`` in ``ref`` takes precedence.
    Raise ``KitError`` if the provision was not in force then. Without ``on``, return the wording as of the last law
    review.
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
    """Return the wording in force when the course's law was last reviewed, or else the current or last wording.

    If the wording followed the calendar instead, lessons and their tests would change from one day to the next.
    """
    try:
        return provision(ref, settings().reviewed_on)
    except KitError:
        return provision(ref)
