"""List all questions that a person marks, by exercise or exam, with how many answers wait in each."""

from __future__ import annotations

from typing import Any

from buuchinh.desk import marking_queue, unit_names
from buuchinh.errors import KitError
from buuchinh.messages import say
from buuchinh.release import versions
from buuchinh.results.item_report import title_of


def payload() -> list[dict[str, Any]]:
    """Return the units in the course's order, each with its questions; empty if nothing is marked by hand yet."""
    return [
        {
            "name": say("desk.cell.heading", unit=unit_names.short(unit), subject=unit_names.subject(unit)),
            "unit": unit,
            "questions": [_question(unit, name, *found) for name, found in counts.items()],
        }
        for unit, counts in marking_queue.by_unit().items()
    ]


def _question(unit: str, name: str, waiting: int, total: int) -> dict[str, Any]:
    try:
        asked = versions.released(unit).obscured
    except KitError:  # the release is not on this machine
        asked = {}
    number = next((number for number, one in enumerate(asked, 1) if one == name), None)
    word, counts = ("waits", {"waiting": waiting}) if waiting else ("done", {"total": total})
    return {
        "question": name,
        "text": say("desk.marking.overview.question", number=number or "…"),
        "title": title_of(asked[name]) if name in asked else "",
        "waiting": waiting,
        "state": say(f"desk.marking.overview.{word}", **counts),
    }
