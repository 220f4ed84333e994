"""List all questions that a person marks, by exercise or exam, with how many answers wait in each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from buuchinh.desk.marking import queue
from buuchinh.desk.marking.machine_answers import is_scored_by_machine
from buuchinh.desk.naming import unit_names
from buuchinh.errors import KitError
from buuchinh.messages import say
from buuchinh.questions.authored import AuthoredQuestion
from buuchinh.release import versions
from buuchinh.results.item_report import title_of


def payload() -> list[dict[str, Any]]:
    """Return the units in the course's order, each with its questions; empty if nothing is marked by hand yet."""
    return [
        {
            "name": say("desk.cell.heading", unit=unit_names.short(unit), subject=unit_names.subject(unit)),
            "unit": unit,
            "questions": _questions(unit, counts),
        }
        for unit, counts in queue.by_unit().items()
    ]


def counted(units: Sequence[Mapping[str, Any]]) -> str:
    """Return how many answers wait in all, and what the number in the head of the page counts instead, or ""."""
    count = sum(one["waiting"] for unit in units for one in unit["questions"])
    return say("desk.marking.overview.counts", count=count) if count else ""


def _questions(unit: str, counts: Mapping[str, tuple[int, int]]) -> list[dict[str, Any]]:
    asked: Mapping[str, AuthoredQuestion] = {}
    with suppress(KitError):  # the release is not on this machine
        asked = versions.released(unit).obscured
    numbers = {name: number for number, name in enumerate(asked, 1)}
    zeros = queue.zeros(unit)
    return [
        {
            "question": name,
            "text": say("desk.marking.overview.question", number=numbers.get(name, "…")),
            "title": title_of(asked[name]) if name in asked else "",
            "waiting": waiting,
            "state": _state(waiting, total),
            "about": _about(asked.get(name), *zeros.get(name, (0, 0))),
        }
        for name, (waiting, total) in counts.items()
    ]


def _state(waiting: int, total: int) -> str:
    word, counts = ("waits", {"waiting": waiting}) if waiting else ("done", {"total": total})
    return say(f"desk.marking.overview.{word}", **counts)


def _about(question: AuthoredQuestion | None, blank: int, given: int) -> str:
    """Return whether the machine scores the others' answers, how many wrote nothing, and how many were given 0."""
    machine = [say("desk.marking.overview.by_machine")] if question and is_scored_by_machine(question) else []
    parts = {"blank": blank, "zero": given}
    zeros = [say(f"desk.marking.overview.{name}", count=count) for name, count in parts.items() if count]
    return ", ".join(machine + zeros)
