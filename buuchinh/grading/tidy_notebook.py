"""Tidy a submitted notebook before grading, with the same result as nbgrader's own sanitising steps.

nbgrader takes five steps, each of which opens the gradebook and queries it for every cell. This module reads the
released cells once per run, and needs one pass to tidy a notebook that contains all of them, as ``collect`` produces
it. Any other notebook goes through nbgrader's steps. If a version's cells or points differ from those in the gradebook,
its own released notebook is used to tidy submissions.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from buuchinh.classroom import gradebook
from buuchinh.errors import KitError
from buuchinh.intake import submit_cells
from buuchinh.messages import say
from buuchinh.notebooks import source_of
from buuchinh.release.versions import Released

_CELL_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")
_CELL = {"cell_type", "id", "metadata", "source", "outputs", "execution_count"}
_METADATA = {
    "nbgrader", "buuchinh", "deletable", "editable", "collapsed", "scrolled", "trusted", "tags", "jupyter",
}  # fmt: skip
_MARKS = {"schema_version", "grade", "solution", "locked", "task", "grade_id", "points", "checksum", "cell_type"}
_CELLS = """
    SELECT c.name, c.cell_type, c.locked, c.source, c.checksum, g.max_score, k.id, t.max_score
    FROM assignment a
    JOIN notebook n ON n.assignment_id = a.id
    JOIN source_cell c ON c.notebook_id = n.id
    LEFT JOIN base_cell b ON b.notebook_id = n.id AND b.name = c.name AND b.type = 'GradeCell'
    LEFT JOIN grade_cells g ON g.id = b.id
    LEFT JOIN base_cell k ON k.notebook_id = n.id AND k.name = c.name AND k.type = 'SolutionCell'
    LEFT JOIN base_cell d ON d.notebook_id = n.id AND d.name = c.name AND d.type = 'TaskCell'
    LEFT JOIN task_cells t ON t.id = d.id
    WHERE a.name = :unit AND n.name = :unit
"""
_KERNEL = """
    SELECT n.kernelspec FROM assignment a JOIN notebook n ON n.assignment_id = a.id
    WHERE a.name = :unit AND n.name = :unit
"""


@dataclass(frozen=True)
class ReleasedCell:
    """A cell of a released version; ``kind`` is its cell type, and the flags are those of nbgrader's metadata."""

    kind: str
    locked: bool
    source: str
    checksum: str | None
    grade: bool
    solution: bool
    task: bool
    points: float | None


@dataclass(frozen=True)
class ReleasedExercise:
    """A released version of an exercise, with its cells by ``grade_id``.

    ``notebook`` is the released notebook if its cells or points differ from those in the gradebook, or else None.
    """

    unit: str
    kernelspec: Any
    cells: Mapping[str, ReleasedCell]
    notebook: Mapping[str, Any] | None = None


def read(unit: str) -> ReleasedExercise:
    """Read the released cells of ``unit`` from the gradebook; raise ``KitError`` if the gradebook is unreachable."""
    cells = {
        name: ReleasedCell(
            kind,
            bool(locked),
            source or "",
            checksum,
            grade=points is not None,
            solution=solution is not None,
            task=worth is not None,
            points=worth if points is None else points,
        )
        for name, kind, locked, source, checksum, points, solution, worth in gradebook.rows(_CELLS, unit=unit)
    }
    found = gradebook.rows(_KERNEL, unit=unit)
    return ReleasedExercise(unit, json.loads(found[0][0]) if found and found[0][0] else None, cells)


def of_version(exercise: ReleasedExercise, released: Released) -> ReleasedExercise:
    """Return ``exercise`` if it has the same cells and points as ``released``, or else one made from ``released``."""
    cells = {}
    for cell in released.notebook["cells"]:
        marks = cell["metadata"].get("nbgrader")
        if marks is None:
            continue
        solution = bool(marks.get("solution"))
        grade = bool(marks.get("grade"))
        cells[str(marks["grade_id"])] = ReleasedCell(
            cell["cell_type"],
            not solution and (grade or bool(marks.get("locked"))),
            cell["source"],
            marks.get("checksum"),
            grade=grade,
            solution=solution,
            task=bool(marks.get("task")),
            points=float(marks["points"]) if "points" in marks else None,
        )
    if {name: cell.points for name, cell in cells.items()} == {n: cell.points for n, cell in exercise.cells.items()}:
        return exercise
    return ReleasedExercise(released.unit, released.notebook["metadata"].get("kernelspec"), cells, released.notebook)


def tidied(exercise: ReleasedExercise, code: str, notebook: Mapping[str, Any]) -> Any:
    """Return a trainee's notebook as nbgrader's five tidying steps would return it.

    Outputs are removed, locked cells get back their released source, and all released cells get their released
    checksum. Raise ``KitError`` if nbgrader cannot process the notebook.
    """
    notebook = _without_marks_of_others(notebook, exercise.cells)
    if not _as_released(notebook, exercise.cells):
        return without_put_back(_by_nbgrader(exercise, code, notebook))
    cells = [_tidied(cell, exercise.cells) for cell in notebook["cells"]]
    metadata = dict(notebook["metadata"])
    if exercise.kernelspec:
        metadata["kernelspec"] = exercise.kernelspec
    return without_put_back({**notebook, "cells": cells, "metadata": metadata})


def _without_marks_of_others(notebook: Mapping[str, Any], cells: Mapping[str, ReleasedCell]) -> Mapping[str, Any]:
    """Return the notebook without nbgrader's metadata on cells from another version, on which nbgrader would fail."""

    def is_foreign(cell: Any) -> bool:
        marks = cell["metadata"].get("nbgrader") if isinstance(cell, dict) and "metadata" in cell else None
        return isinstance(marks, dict) and isinstance(name := marks.get("grade_id"), str) and name not in cells

    if not any(map(is_foreign, notebook["cells"])):
        return notebook
    plain = [
        {**cell, "metadata": {name: value for name, value in cell["metadata"].items() if name != "nbgrader"}}
        if is_foreign(cell)
        else cell
        for cell in notebook["cells"]
    ]
    return {**notebook, "cells": plain}


def _tidied(cell: Mapping[str, Any], released: Mapping[str, ReleasedCell]) -> dict[str, Any]:
    """Return a tidied copy of one cell; only parts that are never modified later are shared with the original."""
    gone = {"trusted", "collapsed", "scrolled"} if cell["cell_type"] == "code" else {"trusted"}
    metadata = {name: value for name, value in cell["metadata"].items() if name not in gone}
    made = {**cell, "source": source_of(cell), "metadata": metadata}
    if cell["cell_type"] == "code":
        made |= {"outputs": [], "execution_count": None}
    marks = metadata.get("nbgrader", {})
    as_released = released.get(marks.get("grade_id"))
    if as_released is not None:
        metadata["nbgrader"] = {**marks, "checksum": as_released.checksum}
        if as_released.locked:
            made["source"] = as_released.source
    return made


def without_put_back(notebook: Any) -> Any:
    """Remove the cells in which earlier versions of the kit resubmitted a value without its code."""
    notebook["cells"] = [cell for cell in notebook["cells"] if not submit_cells.put_back(cell)]
    return notebook


def _as_released(notebook: Mapping[str, Any], cells: Mapping[str, ReleasedCell]) -> bool:
    """Return whether a notebook can be tidied without nbgrader.

    Every graded cell must occur exactly once, each released cell must have its released type and flags, and all other
    cells and metadata must be well-formed and of a known kind.
    """
    if set(notebook) != {"cells", "metadata", "nbformat", "nbformat_minor"}:
        return False
    if (notebook["nbformat"], notebook["nbformat_minor"]) != (4, 5) or not _plain_metadata(notebook["metadata"]):
        return False
    ids: set[str] = set()
    seen: set[str] = set()
    for cell in notebook["cells"]:
        if not (isinstance(cell, dict) and _well_formed(cell)) or cell["id"] in ids:
            return False
        ids.add(cell["id"])
        marks = cell["metadata"].get("nbgrader")
        if marks is None:
            continue
        name = marks.get("grade_id") if isinstance(marks, dict) else None
        if not isinstance(name, str) or name in seen or name not in cells or not _fits(cell, marks, cells[name]):
            return False
        seen.add(name)
    return all(name in seen for name, known in cells.items() if known.grade or known.task)


def _plain_metadata(metadata: Any) -> bool:
    return isinstance(metadata, dict) and set(metadata) <= {"kernelspec", "language_info", "buuchinh"}


def _well_formed(cell: Mapping[str, Any]) -> bool:
    kind, source, metadata = cell.get("cell_type"), cell.get("source"), cell.get("metadata")
    allowed = _CELL if kind == "code" else _CELL - {"outputs", "execution_count"}
    return (
        kind in {"code", "markdown"}
        and set(cell) <= allowed
        and isinstance(cell.get("id"), str)
        and bool(_CELL_ID.fullmatch(cell["id"]))
        and (isinstance(source, str) or (isinstance(source, list) and all(isinstance(line, str) for line in source)))
        and isinstance(metadata, dict)
        and set(metadata) <= _METADATA
        and all(isinstance(metadata.get(name, True), bool) for name in ("deletable", "editable"))
        and _tags(metadata.get("tags", []))
        and _hidden(metadata.get("jupyter", {}))
    )


def _tags(tags: Any) -> bool:
    return (
        isinstance(tags, list)
        and all(isinstance(tag, str) and tag and "," not in tag for tag in tags)
        and len(set(tags)) == len(tags)
    )


def _hidden(jupyter: Any) -> bool:
    return (
        isinstance(jupyter, dict)
        and set(jupyter) <= {"source_hidden", "outputs_hidden"}
        and all(isinstance(flag, bool) for flag in jupyter.values())
    )


def _fits(cell: Mapping[str, Any], marks: Mapping[str, Any], known: ReleasedCell) -> bool:
    locked = not known.solution and (known.grade or marks.get("locked") is True)
    return (
        set(marks) <= _MARKS
        and marks.get("schema_version") == 3
        and cell["cell_type"] == known.kind
        and marks.get("cell_type", known.kind) == known.kind
        and marks.get("grade") is known.grade
        and marks.get("solution") is known.solution
        and isinstance(marks.get("locked"), bool)
        and locked is known.locked
        and marks.get("task", False) is known.task
        and isinstance(marks.get("checksum", ""), str)
        and ("points" in marks) is (known.points is not None)
        and (known.points is None or (type(marks["points"]) in {int, float} and marks["points"] == known.points))
    )


def _by_nbgrader(exercise: ReleasedExercise, code: str, notebook: Mapping[str, Any]) -> Any:
    """Return a notebook that deviates from its release, tidied by nbgrader's own steps.

    Raise ``gradebook.Gone`` if the gradebook is unreachable, or ``KitError`` if nbgrader cannot process the notebook.
    """
    import nbformat
    from nbconvert.exporters import NotebookExporter
    from nbgrader.converters.autograde import Autograde
    from nbgrader.coursedir import CourseDirectory
    from sqlalchemy.exc import SQLAlchemyError

    unit = exercise.unit
    settings = gradebook.config()
    with tempfile.TemporaryDirectory(prefix="buuchinh-", ignore_cleanup_errors=True) as folder:
        if exercise.notebook:
            settings.CourseDirectory.db_url = _gradebook_of(unit, exercise.notebook, Path(folder))
        names = {"notebook": unit, "assignment": unit, "student": code, "db_url": settings.CourseDirectory.db_url}
        directory = CourseDirectory(config=settings, assignment_id=unit, student_id=code)
        steps = Autograde(coursedir=directory, config=settings)
        exporter = NotebookExporter(parent=steps, config=steps.config)
        for step in steps.sanitize_preprocessors:
            exporter.register_preprocessor(step)
        try:
            read = nbformat.reads(json.dumps(notebook), as_version=4)
            text, _ = exporter.from_notebook_node(read, resources={"nbgrader": names})
        except SQLAlchemyError as error:
            raise gradebook.Gone(gradebook.reason_of(error)) from error
        except Exception as error:  # nbgrader may raise any error for a malformed notebook
            reason = str(error).strip().splitlines()[0][:200] if str(error).strip() else type(error).__name__
            words = say("grading.not_tidied", reason=reason)
            raise KitError(words, say("grading.collect_again"), path=f"{unit}.ipynb") from error
    return nbformat.v4.reads(text)


def _gradebook_of(unit: str, notebook: Mapping[str, Any], folder: Path) -> str:
    """Create a gradebook in ``folder`` with only the cells of one version, and return its database URL.

    The course's gradebook has the cells of all versions in use, and nbgrader would restore every one of these cells.
    """
    from nbformat import from_dict
    from nbgrader.preprocessors import SaveCells

    address = gradebook.address_of(folder / "gradebook.db")
    with gradebook.opened(address) as book:
        book.update_or_create_assignment(unit)
    names = {"notebook": unit, "assignment": unit, "db_url": address}
    SaveCells().preprocess(from_dict(notebook), {"nbgrader": names})
    return address
