"""Describe a provision in words: its quotation or summary, period, amount, and whether it was in force."""

from __future__ import annotations

from datetime import date, timedelta

from buuchinh.law.law_register import Provision, in_force
from buuchinh.messages import say
from buuchinh.text import format_date


def words(provision: Provision) -> str:
    """Return the quotation with a note of what it omits; without a quotation, return the summary, labelled as such.

    Return "" if there is no quotation and the summary only repeats the heading.
    """
    if provision.quote:
        return " ".join(filter(None, (f"“{provision.quote}”", left_out(provision))))
    return say("law.wording.summary", text=provision.summary) if provision.summary != provision.heading else ""


def left_out(provision: Provision) -> str:
    """Describe the parts of the provision that the quotation omits, or return "" if it omits nothing.

    If it has not been checked whether the quotation is complete, say that instead.
    """
    if provision.left_out:
        return say("law.wording.left_out", text=provision.left_out)
    return say("law.wording.unchecked") if provision.quote_extent == "unchecked" else ""


def state(provision: Provision) -> str:
    """Return open points: the document's status, unless it is certainly in force, and the note on the provision."""
    known = provision.document
    settled = known.status == "in_force" and known.confidence == "A"
    notes = ("" if settled else known.status_note, provision.note)
    return " ".join(f"{words.rstrip('.')}." for words in notes if words)


def days(provision: Provision) -> str:
    """Return the first and last day in force in words, as far as they are known."""
    ends = [say("law.wording.from", day=format_date(provision.from_))] if provision.from_ else []
    if provision.to:
        ends.append(say("law.wording.to", day=format_date(provision.to - timedelta(days=1))))
    return " ".join(ends) or say("law.wording.unknown_days")


def amount(provision: Provision) -> str:
    """Return the amount of money or time as the register words it, or "" if the provision has none."""
    return say("law.wording.amount", text=provision.amount) if provision.amount else ""


def force_words(ref: str, on: date) -> str:
    """Return, in words, whether ``ref`` was in force on the day ``on``; raise ``KitError`` if it is unknown."""
    return say(f"law.wording.force.{in_force(ref, on)}")
