"""Store the follow-up schedule in a person's folder: its start, the questions of each pack, and a calendar."""

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
    """Return the stored schedule, or an empty mapping if it is missing or damaged; answers are stored elsewhere."""
    try:
        state = read_json(folder / STATE) if (folder / STATE).is_file() else {}
    except KitError:
        return {}
    return state if isinstance(state, dict) and isinstance(state.get("packs"), dict) else {}


def started(state: Mapping[str, Any]) -> date | None:
    """Return the first day of the schedule, or None if it has not begun."""
    try:
        return date.fromisoformat(str(state.get("started")))
    except ValueError:
        return None


def begin(folder: Path, day: date) -> None:
    """Start the schedule on ``day`` and write its calendar; a schedule that is already running keeps its start."""
    if started(read(folder)) is None:
        write_json(folder / STATE, {"format": 1, "started": day.isoformat(), "packs": {}})
    words = section("notebook")["follow_up"]
    title, since = course.settings().title, started(read(folder)) or day
    write_bytes(folder / CALENDAR, spacing.calendar(since, title, words["event"], words["event_text"]))


def save_packs(folder: Path, packs: Mapping[str, Sequence[str]]) -> None:
    """Store the questions of packs, which are identified by their days."""
    state = read(folder)
    write_json(folder / STATE, {**state, "packs": {**state.get("packs", {}), **packs}})
