"""Remembers what points of a person were given for, so that grading the same answer again asks nobody a second time.

nbgrader marks every cell with a person's points for another look whenever it is graded again. Here that is done where
the text, the answer or the machine's points are others than the last time: ``so-cham/<code>/da-cham_<unit>.json``.
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
"""By graded cell a hash of all that points are given for."""


def seen_in(notebook: Any, answers: Mapping[str, Any], points: Mapping[str, float]) -> dict[str, str]:
    """Return what a person sees of each graded cell, as hashes: its text, the answer, the machine's points."""
    found = {}
    for cell in notebook["cells"]:
        marks = marks_of(cell)
        if marks.get("grade"):
            name = str(marks["grade_id"])
            text = json.dumps([cell["source"], answers.get(name), points.get(name)], sort_keys=True)
            found[name] = hashlib.sha256(text.encode("ascii")).hexdigest()[:20]
    return found


def place(unit: str, code: str) -> Path:
    """Return the file of one trainee and unit."""
    return course.root() / course.OUTCOMES / code / f"da-cham_{unit}.json"


def read(unit: str, code: str) -> Seen:
    """Return what was graded the last time; a damaged file knows nothing, so that a person looks once more."""
    try:
        found = read_record(place(unit, code)).get("cells", {})
    except KitError:
        return {}
    return found if isinstance(found, dict) else {}


def write(unit: str, code: str, seen: Seen) -> None:
    """Store what is graded now, where it is other than before."""
    if seen != read(unit, code):
        write_json(place(unit, code), {"format": 1, "cells": dict(seen)})


def needs_look(name: str, before: Seen, now: Seen, *, manual: float | None, auto: float | None, flagged: bool) -> bool:
    """Whether a person is to look at a graded cell: without any points, or with points for something else."""
    if manual is None:
        return auto is None
    return flagged or before.get(name) != now.get(name)
