"""Read notebooks: files with a limit on their size, cells' sources and calls, nbgrader's metadata, and open cells.

An open cell is one that is not hidden below a folded heading. This package runs no cell and knows nothing of the
course.
"""

from __future__ import annotations

from buuchinh.notebooks.cell_calls import (
    DisplayCall,
    NamedIds,
    calls_in,
    display_calls,
    ids_in,
    ids_in_text,
    only_displays,
)
from buuchinh.notebooks.cell_source import source_of, statements
from buuchinh.notebooks.display_functions import DISPLAY_FUNCTIONS, DisplayFunction
from buuchinh.notebooks.nbgrader_marks import grade_id, is_graded, marks_of
from buuchinh.notebooks.notebook_file import LARGEST, LARGEST_WITH_OUTPUTS, read_notebook
from buuchinh.notebooks.visible_cells import FOLD, asked_in, asked_in_cell, asked_in_core, in_core

__all__ = [
    "DISPLAY_FUNCTIONS",
    "FOLD",
    "LARGEST",
    "LARGEST_WITH_OUTPUTS",
    "DisplayCall",
    "DisplayFunction",
    "NamedIds",
    "asked_in",
    "asked_in_cell",
    "asked_in_core",
    "calls_in",
    "display_calls",
    "grade_id",
    "ids_in",
    "ids_in_text",
    "in_core",
    "is_graded",
    "marks_of",
    "only_displays",
    "read_notebook",
    "source_of",
    "statements",
]
