"""The open cells of a notebook and the questions that they ask.

JupyterLab folds by a mark on a heading's cell: the cells below are the rest of a lesson, one tap away, all others its
core. The heading itself, and what else stands in its cell, is seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from buuchinh.notebooks.cell_calls import ids_in
from buuchinh.notebooks.cell_source import source_of
from buuchinh.notebooks.notebook_file import LARGEST_WITH_OUTPUTS, read_notebook
from buuchinh.parsed import parsed

FOLD = "jp-MarkdownHeadingCollapsed"
"""The mark of a folded heading, in its cell's metadata."""

_HEADING = re.compile(r"^(#{1,6})\s", re.MULTILINE)
_FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def in_core(cells: Iterable[Mapping[str, Any]]) -> Iterator[bool]:
    """Yield for each cell of a notebook (JSON form) whether it is open."""
    folded = 0
    for cell in cells:
        level = _level(cell)
        if level and level <= folded:
            folded = 0
        yield not folded
        if level and not folded and cell.get("metadata", {}).get(FOLD) is True:
            folded = level


def asked_in_core(lesson: Path) -> tuple[str, ...]:
    """Return the questions that the open part of a lesson asks, in order; raises ``KitError`` if it cannot be read."""
    return parsed(_read_core, lesson)


def asked_in(notebook: Path) -> tuple[str, ...]:
    """Return the questions that a notebook asks, each once, in order: the first is what people see as number 1.

    It may be a trainee's copy, with its outputs. Raises ``KitError`` where it cannot be read.
    """
    return parsed(_read_all, notebook)


def asked_in_cell(cell: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the questions that a code cell in JSON form asks."""
    return ids_in(source_of(cell), "ask")


def _read_all(notebook: Path) -> tuple[str, ...]:
    cells = read_notebook(notebook, at_most=LARGEST_WITH_OUTPUTS)["cells"]
    asked = (name for cell in cells if cell["cell_type"] == "code" for name in asked_in_cell(cell))
    return tuple(dict.fromkeys(asked))


def _read_core(lesson: Path) -> tuple[str, ...]:
    cells = read_notebook(lesson)["cells"]
    shown = (cell for cell, core in zip(cells, in_core(cells), strict=True) if core and cell["cell_type"] == "code")
    return tuple(name for cell in shown for name in asked_in_cell(cell))


def _level(cell: Mapping[str, Any]) -> int:
    """Return the level of a cell's first heading, or 0."""
    if cell.get("cell_type") != "markdown":
        return 0
    found = _HEADING.search(_FENCED.sub("", source_of(cell)))
    return len(found[1]) if found else 0
