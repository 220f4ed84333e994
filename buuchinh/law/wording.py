"""Words for a provision: its text or a summary marked as one, its days, its amount, whether it was in force."""

from __future__ import annotations

from datetime import date, timedelta

from buuchinh.law.register import Provision, in_force
from buuchinh.messages import say
from buuchinh.text import format_date


def words(provision: Provision) -> str:
    """Return the quotation, else the summary marked as one; "" where the summary only repeats the heading."""
    if provision.quote:
        return f"“{provision.quote}”"
    return say("law.wording.summary", text=provision.summary) if provision.summary != provision.heading else ""


def days(provision: Provision) -> str:
    """Return the first and the last day in force, as far as they are known."""
    ends = [say("law.wording.from", day=format_date(provision.from_))] if provision.from_ else []
    if provision.to:
        ends.append(say("law.wording.to", day=format_date(provision.to - timedelta(days=1))))
    return " ".join(ends) or say("law.wording.unknown_days")


def amount(provision: Provision) -> str:
    """Return the amount or term as the register has it, "" where it has none."""
    return say("law.wording.amount", text=provision.amount) if provision.amount else ""


def force_words(ref: str, on: date) -> str:
    """Say in words whether ``ref`` was in force on a day; ``KitError`` for an unknown reference."""
    return say(f"law.wording.force.{in_force(ref, on)}")
