"""Build the payloads of two pages for use at work: emergencies, and who may open postal items."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from buuchinh import course, law, routes
from buuchinh.emergency_card import wall_card
from buuchinh.errors import KitError
from buuchinh.law.citation_payload import citation
from buuchinh.learner.data import notebook_pages
from buuchinh.learner.data.types import Page
from buuchinh.messages import say, section
from buuchinh.notebooks import read_notebook, source_of
from buuchinh.text import raised

OPENING_TAG = "ai-quyet-dinh"
"""The tag of the lesson cell with the table of who may open an item; the page shows a copy of that cell."""


def emergency() -> Page:
    """Return the payload of the emergency page (wall card and stickers): instructions, numbers and legal basis."""
    facts = wall_card.facts()
    return {
        "id": routes.EMERGENCY,
        "kind": "emergency",
        "title": facts["words"]["title"],
        "words": facts["words"],
        "first": facts["first"],
        "sticker": section("emergency_card.sticker"),
        "copies": wall_card.STICKERS,
        "numbers": [
            {
                "number": one.number,
                "answers": one.answers,
                "call_for": one.call_for,
                "short": one.short,
                "beside": facts["beside"][one.id].text if one.id in facts["beside"] else "",
            }
            for one in facts["numbers"]
        ],
        "both": _more_than_one(facts["acts"]["sign"], {one.id: one.number for one in facts["numbers"]}),
        "signs": facts["signs"],
        "acts": {
            kind: [{"head": act.head, "text": act.text} for act in acts]
            for kind, acts in facts["acts"].items()
            if kind != "sign"
        },
        "basis": facts["basis"],
        "doubts": facts["doubts"],
        "items": list(wall_card.ITEMS),
        "sticker_items": list(wall_card.STICKER_ITEMS),
        "law": {ref: citation(ref).for_dialog() for ref in facts["refs"]},
    }


def _more_than_one(signs: Iterable[law.EmergencyAct], numbers: Mapping[str, str]) -> list[str]:
    """Return a sentence for each danger sign that requires calls to more than one number."""
    return [
        say("site.both_numbers", sign=raised(sign.text), numbers=" và ".join(numbers[one] for one in sign.calls))
        for sign in signs
        if len(sign.calls) > 1
    ]


def opening() -> Page | None:
    """Return the payload of the page on who may open, hold or examine an item, or None if no lesson has that table."""
    for path in course.lessons():
        for cell in read_notebook(path)["cells"]:
            if cell["cell_type"] == "markdown" and OPENING_TAG in cell["metadata"].get("tags", ()):
                source = source_of(cell)
                return {
                    "id": routes.OPENING,
                    "kind": "opening",
                    "title": say("site.later.opening_title"),
                    "danger": say("site.later.opening_danger", signs=law.sign_line()),
                    "html": notebook_pages.html_of(source),
                    "lesson": f"l{course.lesson_number(path)}",
                    "law": _linked(source),
                }
    return None


def _linked(source: str) -> dict[str, Any]:
    dialogs = {}
    for ref, _ in law.references_in(source):
        try:
            dialogs[ref] = citation(ref).for_dialog()
        except KitError:
            continue  # `check` tells the author
    return dialogs
