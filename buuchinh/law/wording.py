"""A provision as it is told to a reader: its words or a summary said to be one, its days, whether it held on a day."""

from __future__ import annotations

from datetime import date, timedelta

from buuchinh.law.register import Provision, in_force
from buuchinh.messages import say
from buuchinh.text import format_date


def words(found: Provision) -> str:
    """Return the law's own words, else a summary said to be one, nothing where it only repeats the heading."""
    if found.quote:
        return f"“{found.quote}”"
    return say("law.told.summary", text=found.summary) if found.summary != found.heading else ""


def days(found: Provision) -> str:
    """Return the first and the last day in force, as far as they are known."""
    known = [say("law.told.from", day=format_date(found.from_))] if found.from_ else []
    if found.to:
        known.append(say("law.told.to", day=format_date(found.to - timedelta(days=1))))
    return " ".join(known) or say("law.told.unknown_days")


def amount(found: Provision) -> str:
    """Return the amount or term as the register has it, nothing where it has none."""
    return say("law.told.amount", text=found.amount) if found.amount else ""


def force_words(ref: str, on: date) -> str:
    """Say in words whether ``ref`` was in force on a day; ``KitError`` for an unknown reference."""
    return say(f"law.told.force.{in_force(ref, on)}")
