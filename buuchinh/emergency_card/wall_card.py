"""Render the wall card and the telephone stickers for emergencies: what to do, and which number to call.

``lessons/phu-luc/the-khan-cap.html`` and ``nhan-dien-thoai.html`` are generated files. Each is self-contained, fits on
one sheet of A4 and does not depend on the current date. Versions filled in with the office's own data (see ``office``)
go into the office's site and bundle.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from buuchinh import course, law, office, pages
from buuchinh.messages import say, section
from buuchinh.text import format_date

PAGE = "lessons/phu-luc/the-khan-cap.html"
STICKER_PAGE = "lessons/phu-luc/nhan-dien-thoai.html"
STICKERS = 6
"""The number of stickers on one sheet of A4."""
_TEMPLATE = Path(__file__).with_name("wall_card.html.j2")
_STICKER_TEMPLATE = Path(__file__).with_name("sticker.html.j2")


ITEMS = ("name", "address", "police", "head", "deputy", "duty", "meeting_point", "fan_switch")
"""The office's own items on the wall card, in order."""
STICKER_ITEMS = ("police", "head", "duty")


def page(values: Mapping[str, str] | None = None) -> str:
    """Return the wall card as HTML, with the numbers that are valid on the day of the last law review.

    ``values`` holds the office's own items (see ``office.read``); without them, the card says whom to ask.
    """
    content = facts()
    return (
        pages.template(_TEMPLATE).render(
            **content, course=course.settings().title, ours=office.lines(values, ITEMS) if values else []
        )
        + "\n"
    )


def facts() -> dict[str, Any]:
    """Return the content of the wall card, which other pages use too: text, numbers, legal basis and uncertainties."""
    settings = course.settings()
    numbers = law.numbers_on(settings.reviewed_on)
    acts = law.all_acts()
    named = [ref for one in numbers for ref in (one.provision, *one.see)]
    refs = list(dict.fromkeys([*named, *(ref for act in acts for ref in act.provisions)]))
    norms = [ref for ref in refs if law.document(law.parse(ref).document).norm]
    unsure = [one for one in numbers if one.confidence != "A"]
    alike: dict[str, list[str]] = {}
    for one in unsure:
        alike.setdefault(law.confidence_words(one.confidence), []).append(one.number)
    doubts = [
        *(say("emergency_card.card.confidence", number=", ".join(of), words=words) for words, of in alike.items()),
        *dict.fromkeys(one.note for one in unsure if one.note),
    ]
    return {
        "words": section("emergency_card.card"),
        "first": [
            *(act.head for act in acts if act.id == "goi"),
            *(f"{act.head} {act.text}" for act in acts if act.id == "rieng"),
        ],
        "signs": [act.text for act in law.acts("sign")],
        "acts": {kind: [act for act in acts if act.kind == kind] for kind in dict.fromkeys(act.kind for act in acts)},
        "beside": {act.calls[0]: act for act in acts if act.kind == "person"},
        "numbers": numbers,
        "refs": refs,
        "basis": say("emergency_card.card.basis", refs=law.cite_together(norms, settings.reviewed_on)),
        "doubts": doubts,
        "reviewed": say(
            "emergency_card.card.reviewed", day=format_date(settings.reviewed_on), version=settings.version
        ),
    }


def sticker_page(values: Mapping[str, str] | None = None) -> str:
    """Return a sheet of telephone stickers as HTML, with the numbers that are valid on the day of the last law review.

    ``values`` holds the office's own items, as for ``page``.
    """
    content = facts()
    return (
        pages.template(_STICKER_TEMPLATE).render(
            words=section("emergency_card.sticker"),
            card=content["words"],
            course=course.settings().title,
            numbers=content["numbers"],
            beside=content["beside"],
            acts=content["acts"],
            copies=STICKERS,
            reviewed=content["reviewed"],
            ours=office.lines(values, STICKER_ITEMS) if values else [],
        )
        + "\n"
    )
