"""Find the open cells of a notebook and the questions that they ask.

JupyterLab folds a section by a mark on the cell that contains its heading. The cells below a folded heading are the
rest of a lesson, one tap away; all other cells are its core and are called open. The heading itself and everything else
in its cell stay visible.
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
"""Metadata key by which JupyterLab marks the cell of a folded heading."""

_HEADING = re.compile(r"^(#{1,6})\s", re.MULTILINE)
_FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def in_core(cells: Iterable[Mapping[str, Any]]) -> Iterator[bool]:
    """Yield, for each cell of a notebook (in JSON form), whether it is open, which means not below a folded heading."""
    folded = 0
    for cell in cells:
        level = _level(cell)
        if level and level <= folded:
            folded = 0
        yield not folded
        if level and not folded and cell.get("metadata", {}).get(FOLD) is True:
            folded = level


def asked_in_core(lesson: Path) -> tuple[str, ...]:
    """Return the IDs of questions in a lesson's open cells, in order; raise ``KitError`` if it cannot be read."""
    return parsed(_read_core, lesson)


def asked_in(notebook: Path) -> tuple[str, ...]:
    """Return the IDs of the questions that a notebook asks, each once and in order.

    Trainees see the first question as number 1. The notebook may be a trainee's copy with outputs. Raise ``KitError``
    if it cannot be read.
    """
    return parsed(_read_all, notebook)


def asked_in_cell(cell: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the IDs of the questions that a code cell (in JSON form) asks."""
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
    """Return the level (1 to 6) of the first heading in a cell, or 0 if the cell has no heading."""
    if cell.get("cell_type") != "markdown":
        return 0
    found = _HEADING.search(_FENCED.sub("", source_of(cell)))
    return len(found[1]) if found else 0
