"""Build the cells of an exercise's source notebook, with the metadata that nbgrader needs.

In all functions, ``marks`` are nbgrader's own fields (``grade``, ``solution``, ``task``, ``locked``, ``points``); the
flags among them are False by default.
"""

from __future__ import annotations

from typing import Any

STAFF = {"jupyter": {"source_hidden": True}, "tags": ["giao-dien"]}
"""Metadata for a cell that only calls this package; its source is hidden from trainees."""
OFFICER = {"tags": ["can-bo"]}
"""Metadata for a cell in which trainees write code."""


def code_cell(name: str, text: str, metadata: dict[str, Any], **marks: Any) -> dict[str, Any]:
    """Return a code cell without outputs; ``name`` becomes its ``grade_id`` and (up to 64 characters) its id."""
    return _cell("code", name, text, metadata, **marks) | {"execution_count": None, "outputs": []}


def text_cell(name: str, text: str, **marks: Any) -> dict[str, Any]:
    """Return a Markdown cell; ``name`` becomes its ``grade_id`` and (up to 64 characters) its id."""
    return _cell("markdown", name, text, {}, **marks)


def plain_cell(name: str, text: str) -> dict[str, Any]:
    """Return a Markdown cell without nbgrader metadata; ``name`` (up to 64 characters) becomes its id."""
    return {"cell_type": "markdown", "id": name[:64], "metadata": {}, "source": text.splitlines(keepends=True)}


def _cell(kind: str, name: str, text: str, metadata: dict[str, Any], **marks: Any) -> dict[str, Any]:
    blank = {"grade": False, "grade_id": name, "locked": False, "schema_version": 3, "solution": False, "task": False}
    of_kind = {"cell_type": kind} if marks.get("grade") else {}
    return {
        "cell_type": kind,
        "id": name[:64],  # nbformat allows no more
        "metadata": metadata | {"nbgrader": blank | of_kind | marks},
        "source": text.splitlines(keepends=True),
    }
