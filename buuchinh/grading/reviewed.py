"""Record of the answers to which a person gave points, so that grading them again requires no second review.

nbgrader flags every cell with a person's points for review whenever it is graded again. Here only those are flagged
whose text, answer or machine's points changed since the last time: ``so-cham/<code>/da-cham_<unit>.json``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from buuchinh import course
from buuchinh.errors import KitError
from buuchinh.files import read_record, write_json
from buuchinh.notebooks import marks_of

Seen = Mapping[str, str]
"""Hash of the reviewed content, by graded cell."""


def seen_in(notebook: Any, answers: Mapping[str, Any], points: Mapping[str, float]) -> dict[str, str]:
    """Return a hash of each graded cell's text, answer and machine's points."""
    found = {}
    for cell in notebook["cells"]:
        marks = marks_of(cell)
        if marks.get("grade"):
            name = str(marks["grade_id"])
            text = json.dumps([cell["source"], answers.get(name), points.get(name)], sort_keys=True)
            found[name] = hashlib.sha256(text.encode("ascii")).hexdigest()[:20]
    return found


def place(unit: str, code: str) -> Path:
    """Return the path of the record of one trainee and unit."""
    return course.root() / course.OUTCOMES / code / f"da-cham_{unit}.json"


def read(unit: str, code: str) -> Seen:
    """Return the record of the last grading; empty where the file is damaged, so that a person reviews it again."""
    try:
        found = read_record(place(unit, code)).get("cells", {})
    except KitError:
        return {}
    return found if isinstance(found, dict) else {}


def write(unit: str, code: str, seen: Seen) -> None:
    """Write the current record where it changed."""
    if seen != read(unit, code):
        write_json(place(unit, code), {"format": 1, "cells": dict(seen)})


def needs_look(name: str, before: Seen, now: Seen, *, manual: float | None, auto: float | None, flagged: bool) -> bool:
    """Whether a person should review a graded cell: it has no points, or points for other content."""
    if manual is None:
        return auto is None
    return flagged or before.get(name) != now.get(name)
