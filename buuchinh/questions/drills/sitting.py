"""The series of pictures: how many, how long, and the file that says which ones a person was given.

Each answer is journalled as answers to questions are, by the id of its picture, so that the journal tells when a
picture was last shown: for ``REPEAT_AFTER_DAYS`` days it does not come again. ``loat.json`` holds which pictures a series has.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from buuchinh import routes
from buuchinh.errors import KitError
from buuchinh.files import read_json, write_json

UNIT = routes.DRILL
"""The name of the folder, below a person's own."""
STATE = "loat.json"
REPEAT_AFTER_DAYS = 60
"""Days within which no picture is shown to a person twice."""
SECONDS = 10
"""How long a picture is shown while the clock runs."""
MOST_LISTED = 12
"""Pictures of each list at the end: who missed more begins again and looks at each."""


@dataclass(frozen=True)
class Series:
    """How many pictures are shown one after the other, and how many of them have a sign."""

    pictures: int
    signs: int
    told_at_once: bool


BURST = Series(pictures=40, signs=20, told_at_once=True)
"""To learn by: half have a sign, each answer is told at once."""
ROW = Series(pictures=60, signs=3, told_at_once=False)
"""To measure by: signs are rare, as in work, and nothing is told before the end."""
KINDS: Mapping[str, Series] = {"loat": BURST, "do": ROW}


def read_state(folder: Path) -> dict[str, Any]:
    """Return what is kept of a person's series; nothing where there is none, or where it is damaged."""
    try:
        state = read_json(folder / STATE)
    except KitError:  # what was seen stands in the journal
        return {}
    return state if isinstance(state, dict) else {}


def write_state(folder: Path, changed: Mapping[str, Any]) -> None:
    """Keep ``changed`` (``clock``, ``series``) beside what is kept."""
    write_json(folder / STATE, {"format": 1, **read_state(folder), **changed})


def series_in(state: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the series of a state by name; what is none is passed over."""
    series = state.get("series")
    return {
        name: one
        for name, one in (series.items() if isinstance(series, dict) else ())
        if isinstance(one, dict) and isinstance(one.get("pictures"), list)
    }
