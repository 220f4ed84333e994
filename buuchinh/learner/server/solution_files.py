"""Store the solutions that a trainee opened, one file for each exercise, in the trainee's own folder.

They are stored as they came and lie apart from answers; the front end checks them whenever it reads them
(``learner/src/logic/solutions.js``). Here they are only limited in size and tied to an exercise of the course.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from buuchinh import course
from buuchinh.files import write_text
from buuchinh.learner.server.refused import Refused
from buuchinh.messages import say
from buuchinh.notebook.workspace import place_of

ROOM = "loi-giai"
_MOST = 1_500_000
"""Most characters of a file; the front end has the same limit."""


def read(_arguments: Mapping[str, Any], unit: str) -> dict[str, Any]:
    """Return ``{"text": …}`` of the solutions that were opened for an exercise, with None if there are none."""
    path = _path(unit)
    try:
        found = path.read_bytes() if path and path.is_file() else b""
    except OSError:  # a file that cannot be read shows no mark, and stops no page
        found = b""
    return {"text": found.decode("utf-8", "replace") if 0 < len(found) <= 4 * _MOST else None}


def write(arguments: Mapping[str, Any], unit: str) -> dict[str, Any]:
    """Store the solutions of an exercise, ``text``; raise ``Refused`` for a guest, and for what cannot be solutions."""
    path, text = _path(unit), arguments.get("text")
    if path is None:
        raise Refused(say("learner.server.solutions_code"), needs_code=True)
    if not isinstance(text, str) or len(text) > _MOST or _unit_of(text) != unit:
        raise Refused(say("learner.server.not_understood"))
    write_text(path, text)
    return {"unit": unit}


def erase(_arguments: Mapping[str, Any], unit: str) -> None:
    """Put the solutions of an exercise away."""
    if path := _path(unit):
        path.unlink(missing_ok=True)


def _path(unit: str) -> Path | None:
    """Return the place of an exercise's solutions, None for a guest; raise ``Refused`` for what is no exercise."""
    if unit not in course.released_units() or not course.is_exercise(unit):
        raise Refused(say("learner.server.unknown"), 404)
    folder, code = place_of(ROOM)
    return folder / f"{unit}.json" if code else None


def _unit_of(text: str) -> object:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found.get("unit") if isinstance(found, dict) else None
