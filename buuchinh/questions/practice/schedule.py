"""Store the schedule of follow-up questions in a person's folder.

Trainees get small packs of questions on fixed days after their first answer in a lesson (``spacing.DAYS``). The state
file holds the start of the schedule and the questions of each pack; a calendar file lists the days.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from buuchinh import course
from buuchinh.errors import KitError
from buuchinh.files import read_json, write_bytes, write_json
from buuchinh.messages import section
from buuchinh.questions.practice import spacing

STATE, CALENDAR = "lich.json", "lich-on-tap.ics"


def read(folder: Path) -> dict[str, Any]:
    """Return the stored schedule, or an empty mapping if it is missing or damaged; its answers are stored elsewhere."""
    try:
        state = read_json(folder / STATE) if (folder / STATE).is_file() else {}
    except KitError:
        return {}
    return state if isinstance(state, dict) and isinstance(state.get("packs"), dict) else {}


def started(state: Mapping[str, Any]) -> date | None:
    """Return the date on which the schedule started, or None if it has not started."""
    try:
        return date.fromisoformat(str(state.get("started")))
    except ValueError:
        return None


def begin(folder: Path, day: date) -> None:
    """Start the schedule on ``day`` and write its calendar file; a schedule already running keeps its start."""
    if started(read(folder)) is None:
        write_json(folder / STATE, {"format": 1, "started": day.isoformat(), "packs": {}})
    words = section("notebook")["follow_up"]
    title, since = course.settings().title, started(read(folder)) or day
    write_bytes(folder / CALENDAR, spacing.calendar(since, title, words["event"], words["event_text"]))


def save_packs(folder: Path, packs: Mapping[str, Sequence[str]]) -> None:
    """Store the question ids of each pack; ``packs`` is keyed by the pack's day, such as "7"."""
    state = read(folder)
    write_json(folder / STATE, {**state, "packs": {**state.get("packs", {}), **packs}})
