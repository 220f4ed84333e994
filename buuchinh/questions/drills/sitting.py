"""Define the series of pictures in a drill and their timing, and store which pictures a person has been shown.

Answers are journalled like answers to questions, under the picture's id. The journal therefore records when each
picture was last shown, and the picture is not shown again for ``REPEAT_AFTER_DAYS`` days. ``loat.json`` stores the
pictures of each series.
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
"""The name of the drill's folder inside a person's folder."""
STATE = "loat.json"
REPEAT_AFTER_DAYS = 60
"""The minimum number of days before a picture may be shown to the same person again."""
SECONDS = 10
"""The number of seconds for which each picture is shown when the clock is on."""
MOST_LISTED = 12
"""The maximum number of pictures in each list at the end; with more misses, it is better to repeat the series."""


@dataclass(frozen=True)
class Series:
    """A kind of series: the number of pictures in it, and how many of them show a danger sign.

    If ``told_at_once`` is true, each answer gets immediate feedback.
    """

    pictures: int
    signs: int
    told_at_once: bool


BURST = Series(pictures=40, signs=20, told_at_once=True)
"""The series for learning: half of the pictures have a sign, and each answer gets immediate feedback."""
ROW = Series(pictures=60, signs=3, told_at_once=False)
"""The series for measuring: signs are rare, as at work, and there is no feedback before the end."""
KINDS: Mapping[str, Series] = {"loat": BURST, "do": ROW}


def read_state(folder: Path) -> dict[str, Any]:
    """Return the stored state of a person's series, or an empty mapping if the file is missing or damaged."""
    try:
        state = read_json(folder / STATE)
    except KitError:  # the journal records the pictures that were seen
        return {}
    return state if isinstance(state, dict) else {}


def write_state(folder: Path, changed: Mapping[str, Any]) -> None:
    """Merge ``changed`` into the stored state; its keys are ``clock`` and ``series``."""
    write_json(folder / STATE, {"format": 1, **read_state(folder), **changed})


def series_in(state: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the valid series in ``state`` by name, skipping damaged entries."""
    series = state.get("series")
    return {
        name: entry
        for name, entry in (series.items() if isinstance(series, dict) else ())
        if isinstance(entry, dict) and isinstance(entry.get("pictures"), list)
    }
