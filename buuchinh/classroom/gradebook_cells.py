"""Register a released notebook's cells in nbgrader's gradebook, beside the cells of other versions in use.

nbgrader supports only one version of a notebook: it removes cells that a new version lacks, and refuses to do so once
there is a submission. This module only adds cells. The maximum points that nbgrader shows are those of the latest
released version. A cell that is not in that version has a maximum of 0 in nbgrader; its actual points are in the cell's
metadata and in the stored outcome of grading.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from buuchinh.classroom import gradebook
from buuchinh.notebooks import grade_id, marks_of

_JOINS = """
    JOIN submitted_notebook n ON n.id = x.notebook_id
    JOIN submitted_assignment s ON s.id = n.assignment_id
    JOIN assignment a ON a.id = s.assignment_id
    JOIN base_cell b ON b.id = x.cell_id
"""


def recorded(unit: str) -> set[str]:
    """Return the names of all cells that the gradebook has for ``unit``."""
    cells = """
        SELECT c.name FROM source_cell c
        JOIN notebook n ON n.id = c.notebook_id JOIN assignment a ON a.id = n.assignment_id
        WHERE a.name = :unit AND n.name = :unit
    """
    return {name for (name,) in gradebook.rows(cells, unit=unit)}


def graded_rows(unit: str, table: Literal["grade", "comment"], columns: str, condition: str = "") -> list[Any]:
    """Return ``columns`` of each row that ``query`` finds for ``unit``; ``condition`` narrows its WHERE."""
    return gradebook.rows(query(table, columns, condition), unit=unit)


def trainees(unit: str, condition: str) -> set[str]:
    """Return the codes of the trainees who have a grade ``x`` in ``unit`` on which ``condition`` holds."""
    return {code for (code,) in graded_rows(unit, "grade", "s.student_id", f"AND {condition}")}


def query(table: Literal["grade", "comment"], columns: str, condition: str = "") -> str:
    """Return the query for the grades or comments of a unit, the parameter ``:unit``, in all submissions.

    ``x`` is the grade or comment, ``b`` its cell, ``s`` the submission of the trainee ``s.student_id``.
    """
    return f"SELECT {columns} FROM {table} x {_JOINS} WHERE a.name = :unit {condition}"  # noqa: S608 -- our own words


def names(notebook: Mapping[str, Any], *kinds: str) -> list[str]:
    """Return the names of a released notebook's cells in which any of the nbgrader flags ``kinds`` is set.

    If no flag is given, return the names of all cells that have a ``grade_id``.
    """
    return [str(marks["grade_id"]) for _, marks in _marked(notebook) if not kinds or any(map(marks.get, kinds))]


def add(unit: str, notebook: Mapping[str, Any]) -> None:
    """Add those cells of an older version's notebook that the gradebook lacks, with a maximum of 0 points."""
    _enter(unit, notebook, known=recorded(unit), current=False)


def replace(unit: str, notebook: Mapping[str, Any]) -> None:
    """Make ``notebook`` the version whose maximum points nbgrader adds up; earlier versions' cells remain."""
    _enter(unit, notebook, known=set(), current=True)
    with gradebook.opened() as book:
        found = book.find_notebook(unit, unit)
        graded = {*names(notebook, "grade", "task")}
        for cell in (*found.grade_cells, *found.task_cells):
            if cell.name not in graded:
                cell.max_score = 0.0
        book.db.commit()


def _enter(unit: str, notebook: Mapping[str, Any], *, known: set[str], current: bool) -> None:
    with gradebook.opened() as book:
        for cell, marks in _marked(notebook):
            name, kind = str(marks["grade_id"]), cell["cell_type"]
            if name in known:
                continue
            most = float(marks.get("points", 0.0)) if current else 0.0
            if marks.get("grade"):
                book.update_or_create_grade_cell(name, unit, unit, max_score=most, cell_type=kind)
            if marks.get("solution"):
                book.update_or_create_solution_cell(name, unit, unit)
            if marks.get("task"):
                book.update_or_create_task_cell(name, unit, unit, max_score=most, cell_type=kind)
            locked = not marks.get("solution") and bool(marks.get("grade") or marks.get("locked"))
            values = {"cell_type": kind, "locked": locked, "source": cell["source"], "checksum": marks.get("checksum")}
            book.update_or_create_source_cell(name, unit, unit, **values)


def _marked(notebook: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Yield (cell, nbgrader metadata) for each cell that has a ``grade_id``."""
    for cell in notebook["cells"]:
        if grade_id(cell):
            yield cell, marks_of(cell)
