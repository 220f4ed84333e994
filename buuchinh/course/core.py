"""What of a lesson stands open: cells below a folded heading are its rest, one tap away; all others are its core.

JupyterLab folds by a mark on the heading's cell. The heading itself, and what else stands in its cell, is seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from buuchinh.files import read_json
from buuchinh.parsed import parsed

FOLD = "jp-MarkdownHeadingCollapsed"
"""The mark of a folded heading, in its cell's metadata."""

_HEADING = re.compile(r"^(#{1,6})\s", re.MULTILINE)
_FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_ASKED = re.compile(r"""\bask\(\s*["']([^"']+)["']""")


def in_core(cells: Iterable[Any]) -> Iterator[bool]:
    """Say of each cell of a notebook in JSON form whether it stands open."""
    folded = 0
    for cell in cells:
        level = _level(cell)
        if level and level <= folded:
            folded = 0
        yield not folded
        if level and not folded and cell.get("metadata", {}).get(FOLD) is True:
            folded = level


def asked_in_core(lesson: Path) -> tuple[str, ...]:
    """Return the questions that the open part of a lesson asks, in order."""
    return parsed(_read, lesson)


def asked_in(notebook: Path) -> tuple[str, ...]:
    """Return the questions that a notebook asks, in order: the first is what people see as number 1."""
    return parsed(_read_all, notebook)


def asked_in_cell(cell: Any) -> tuple[str, ...]:
    """Return the questions that a code cell in JSON form asks."""
    return tuple(_ASKED.findall("".join(cell["source"])))


def _read_all(notebook: Path) -> tuple[str, ...]:
    cells = read_json(notebook, at_most=200_000_000)["cells"]
    asked = (name for cell in cells if cell["cell_type"] == "code" for name in asked_in_cell(cell))
    return tuple(dict.fromkeys(asked))


def _read(lesson: Path) -> tuple[str, ...]:
    cells = read_json(lesson, at_most=50_000_000)["cells"]
    shown = (cell for cell, core in zip(cells, in_core(cells), strict=True) if core and cell["cell_type"] == "code")
    return tuple(name for cell in shown for name in asked_in_cell(cell))


def _level(cell: Any) -> int:
    """Return how deep a cell's first heading stands, 0 where it has none."""
    if cell.get("cell_type") != "markdown":
        return 0
    found = _HEADING.search(_FENCED.sub("", "".join(cell.get("source", ""))))
    return len(found[1]) if found else 0
