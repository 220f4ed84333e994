"""Find the notebook cell that produced a submitted value (``submit(…)``).

``submit`` records a hash of the cell along with each value. If an old record has no hash, the candidates are the
question's answer cell and every cell whose ``submit("…")`` names the question.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from buuchinh.execution.job import cell_name
from buuchinh.notebooks import grade_id, ids_in_text, source_of
from buuchinh.questions.answers import cell_hash
from buuchinh.release.source import WORK_CELL

_PUT_BACK = "da-nop-"


def of(name: str, cells: Sequence[Mapping[str, Any]], released: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return the names of the trainee's cells that compute the value for the question ``name``.

    ``cells`` contains the trainee's cells; unchanged copies of the ``released`` cells are left out. The names are those
    used in execution jobs (``execution.job.cell_name``).
    """
    released_sources = {source_of(cell).strip() for cell in released}
    return [
        cell_name(cell, number)
        for number, cell in enumerate(cells)
        if cell["cell_type"] == "code"
        and (grade_id(cell) == name + WORK_CELL or name in ids_in_text(source_of(cell), "submit"))
        and source_of(cell).strip() not in released_sources
        and _says_something(source_of(cell))
    ]


def gone(
    name: str, made_by: Any, cells: Sequence[Mapping[str, Any]], released: Iterable[Mapping[str, Any]] = ()
) -> bool:
    """Return whether the cell that submitted the value for the question ``name`` is missing from ``cells``.

    ``made_by`` is the recorded hash of that cell; without a hash, ``of`` searches for the cell.
    """
    if isinstance(made_by, str):
        return made_by not in {cell_hash(source_of(cell)) for cell in cells}
    return not of(name, cells, released)


def put_back(cell: Mapping[str, Any]) -> bool:
    """Return whether an earlier version of the kit added this cell to resubmit a value whose code was missing."""
    about = cell["metadata"].get("buuchinh")
    return isinstance(about, Mapping) and bool(about.get("added")) and str(cell.get("id")).startswith(_PUT_BACK)


def _says_something(source: str) -> bool:
    return any(line.strip() and not line.lstrip().startswith("#") for line in source.splitlines())
