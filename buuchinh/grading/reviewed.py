"""Record which answers were graded manually, so that grading a submission again does not require another review.

nbgrader flags every manually graded cell for review whenever the submission is graded again. The kit flags only cells
whose text, answer or automatic points have changed since the last grading, as recorded in
``so-cham/<code>/da-cham_<unit>.json``.
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
from buuchinh.notebooks import grade_id, marks_of
from buuchinh.release.source import WORK_CELL

Seen = Mapping[str, str]
"""Hashes of the reviewed content, by name of the graded cell."""


def seen_in(notebook: Any, answers: Mapping[str, Any], points: Mapping[str, float]) -> dict[str, str]:
    """Return a hash of each graded cell's text, answer and automatic points, keyed by the cell's name.

    A task, which is graded together with the code around it, has a hash of its answer and of that code.
    """
    found = {}
    code = {grade_id(cell): cell["source"] for cell in notebook["cells"] if grade_id(cell)}
    for cell in notebook["cells"]:
        marks = marks_of(cell)
        if marks.get("grade") or marks.get("task"):
            name = str(marks["grade_id"])
            seen = code.get(name + WORK_CELL) if marks.get("task") else cell["source"]
            text = json.dumps([seen, answers.get(name), points.get(name)], sort_keys=True)
            found[name] = hashlib.sha256(text.encode("ascii")).hexdigest()[:20]
    return found


def place(unit: str, code: str) -> Path:
    """Return the path of the record of one trainee's manually graded answers for ``unit``."""
    return course.root() / course.OUTCOMES / code / f"da-cham_{unit}.json"


def read(unit: str, code: str) -> Seen:
    """Return the record of the last grading, or an empty dict if it is damaged; every cell then needs a review."""
    try:
        found = read_record(place(unit, code)).get("cells", {})
    except KitError:
        return {}
    return found if isinstance(found, dict) else {}


def write(unit: str, code: str, seen: Seen) -> None:
    """Write the current record ``seen`` if it differs from the stored record."""
    if seen != read(unit, code):
        write_json(place(unit, code), {"format": 1, "cells": dict(seen)})


def needs_look(name: str, before: Seen, now: Seen, *, manual: float | None, auto: float | None, flagged: bool) -> bool:
    """Return whether a graded cell needs manual review: it has no points, or has manual points for other content.

    ``before`` and ``now`` are the previous and the current record. ``flagged`` is True if nbgrader already asks for a
    review.
    """
    if manual is None:
        return auto is None
    return flagged or before.get(name) != now.get(name)


def task_changed(name: str, before: Seen, now: Seen, *, manual: float | None) -> bool:
    """Return whether a task has manual points for another answer or other code than it has now.

    A record from before tasks were recorded says nothing about the task, and nbgrader's flag then stays as it is.
    """
    return manual is not None and name in before and before[name] != now.get(name)
