"""The wall card and the phone sticker for emergencies: what to do and which number to call, from the table of numbers.

``lessons/phu-luc/the-khan-cap.html`` and ``nhan-dien-thoai.html`` are derived: self-contained, one sheet of A4
each, the same on any day.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from buuchinh import course, law, pages
from buuchinh.messages import say, section
from buuchinh.text import format_date

PAGE = "lessons/phu-luc/the-khan-cap.html"
STICKER_PAGE = "lessons/phu-luc/nhan-dien-thoai.html"
STICKERS = 10
"""How many stickers a sheet of A4 holds."""
_TEMPLATE = Path(__file__).with_name("card.html.j2")
_STICKER_TEMPLATE = Path(__file__).with_name("sticker.html.j2")


def page() -> str:
    """Return the card as HTML, with the numbers that hold on the day of the last review."""
    settings = course.settings()
    numbers = law.numbers_on(settings.reviewed_on)
    refs = dict.fromkeys(ref for one in numbers for ref in (one.provision, *one.see))
    cites = ", ".join(_cited(ref, settings.reviewed_on) for ref in refs)
    unsure = [one for one in numbers if one.confidence != "A"]
    doubts = [
        say("authoring.card.confidence", number=one.number, words=law.confidence_words(one.confidence))
        for one in unsure
    ] + list(dict.fromkeys(one.note for one in unsure if one.note))
    return (
        pages.template(_TEMPLATE).render(
            words=section("authoring.card"),
            course=settings.title,
            numbers=numbers,
            basis=say("authoring.card.basis", refs=cites),
            doubts=doubts,
            reviewed=say("authoring.card.reviewed", day=format_date(settings.reviewed_on), version=settings.version),
        )
        + "\n"
    )


def sticker_page() -> str:
    """Return a sheet of stickers for the back of a phone, with the numbers that hold on the day of the last review."""
    settings = course.settings()
    reviewed = say("authoring.card.reviewed", day=format_date(settings.reviewed_on), version=settings.version)
    return (
        pages.template(_STICKER_TEMPLATE).render(
            words=section("authoring.sticker"),
            card=section("authoring.card"),
            course=settings.title,
            numbers=law.numbers_on(settings.reviewed_on),
            copies=STICKERS,
            reviewed=reviewed,
        )
        + "\n"
    )


def _cited(ref: str, day: date) -> str:
    cite = law.cite(ref)
    return say("authoring.card.unverified", cite=cite) if law.in_force(ref, day) == "unknown" else cite
