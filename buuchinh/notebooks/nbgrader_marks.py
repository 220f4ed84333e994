"""Read the metadata with which nbgrader marks a notebook cell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def marks_of(cell: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return nbgrader's metadata in a cell, or an empty mapping if the metadata is missing or damaged."""
    metadata = cell.get("metadata")
    marks = metadata.get("nbgrader") if isinstance(metadata, Mapping) else None
    return marks if isinstance(marks, Mapping) else {}


def grade_id(cell: Mapping[str, Any]) -> str | None:
    """Return nbgrader's ID for a cell, or None if it has none."""
    name = marks_of(cell).get("grade_id")
    return name if isinstance(name, str) and name else None


def is_graded(cell: Mapping[str, Any]) -> bool:
    """Return whether nbgrader records points for a cell, as it does for graded cells and tasks."""
    marks = marks_of(cell)
    return bool(marks.get("grade") or marks.get("task"))
