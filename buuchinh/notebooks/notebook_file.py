"""Read notebook files, with a limit on their size, and validate them as notebooks of format version 4."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from buuchinh.errors import KitError
from buuchinh.files import read_json
from buuchinh.messages import say

LARGEST = 50_000_000
"""Maximum size in bytes of a notebook that the course or the kit wrote; the largest has less than a million bytes."""
LARGEST_WITH_OUTPUTS = 200_000_000
"""Maximum size in bytes of a trainee's own copy, which contains outputs and is read on the trainee's computer."""


def read_notebook(path: Path, *, at_most: int = LARGEST) -> dict[str, Any]:
    """Return a notebook as parsed JSON, in which each cell is an object with a ``cell_type`` and a ``source``.

    Raise ``KitError`` if the file is missing, has more than ``at_most`` bytes, is not JSON, or is not a notebook of
    format version 4; the path in the problem is the file's name. Submitted notebooks, which may be truncated or have
    another version, are read by ``intake/salvage`` instead.
    """
    notebook = read_json(path, at_most=at_most)
    if not _is_notebook(notebook):
        raise KitError(say("notebooks.not_one"), say("notebooks.not_one_way_out"), path=path.name)
    return notebook  # type: ignore[no-any-return]


def _is_notebook(found: Any) -> bool:
    if not isinstance(found, dict) or found.get("nbformat") != 4:
        return False
    cells = found.get("cells")
    return isinstance(cells, list) and all(map(_is_cell, cells))


def _is_cell(cell: Any) -> bool:
    if not isinstance(cell, dict) or not isinstance(cell.get("cell_type"), str):
        return False
    source = cell.get("source")
    return isinstance(source, str) or (isinstance(source, list) and all(isinstance(line, str) for line in source))
