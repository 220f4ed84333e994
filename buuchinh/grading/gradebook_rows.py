"""Look up an exercise's IDs in nbgrader's gradebook, and create the missing rows of a trainee's submission."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from buuchinh.classroom import database
from buuchinh.classroom.database import Execute
from buuchinh.errors import KitError
from buuchinh.messages import say

_EXERCISE = """
    SELECT a.id, n.id, a.duedate FROM assignment a JOIN notebook n ON n.assignment_id = a.id
    WHERE a.name = :unit AND n.name = :unit
"""
_CELLS = "SELECT type, name, id FROM base_cell WHERE notebook_id = :notebook"
_SUBMISSION = """
    SELECT s.id, n.id, s.extension
    FROM submitted_assignment s JOIN submitted_notebook n ON n.assignment_id = s.id
    WHERE s.assignment_id = :assignment AND s.student_id = :code AND n.notebook_id = :notebook
"""
_SET_TIMESTAMP = "UPDATE submitted_assignment SET timestamp = :timestamp WHERE id = :id"
_NEW_SUBMISSION = """
    INSERT INTO submitted_assignment (id, assignment_id, student_id, timestamp)
    VALUES (:id, :assignment, :code, :timestamp)
"""
_NEW_NOTEBOOK = """
    INSERT INTO submitted_notebook (id, assignment_id, notebook_id, flagged)
    VALUES (:id, :submission, :notebook, :flagged)
"""
_NEW_GRADE = """
    INSERT INTO grade (id, notebook_id, cell_id, needs_manual_grade) VALUES (:id, :notebook, :cell, :needs_manual_grade)
"""
_NEW_COMMENT = "INSERT INTO comment (id, notebook_id, cell_id) VALUES (:id, :notebook, :cell)"
_NO_GRADE = "DELETE FROM grade WHERE notebook_id = :notebook AND cell_id = :cell"
_NO_COMMENT = "DELETE FROM comment WHERE notebook_id = :notebook AND cell_id = :cell"
_GRADED = "SELECT cell_id FROM grade WHERE notebook_id = :notebook"
_COMMENTED = "SELECT cell_id FROM comment WHERE notebook_id = :notebook"


@dataclass(frozen=True)
class Exercise:
    """The gradebook IDs of one exercise: its assignment, its notebook and, by name, its cells.

    ``due`` is the deadline. ``graded`` maps the names of graded cells to their IDs, and ``answered`` does so for cells
    that trainees fill in. ``tasks`` does so for cells that are graded manually together with the cells around them;
    only the grader sets points and comments for these cells.
    """

    id: str
    notebook_id: str
    due: datetime | None
    graded: Mapping[str, str]
    answered: Mapping[str, str]
    tasks: Mapping[str, str]

    @property
    def names(self) -> set[str]:
        """The names of all cells of the exercise, in every version submitted so far."""
        return {*self.graded, *self.answered, *self.tasks}

    def only(self, names: Iterable[str]) -> Exercise:
        """Return this exercise with only those cells that are in ``names``, such as the cells of one version."""
        own = set(names)
        graded, answered, tasks = (
            {name: cell for name, cell in cells.items() if name in own}
            for cells in (self.graded, self.answered, self.tasks)
        )
        return replace(self, graded=graded, answered=answered, tasks=tasks)


def read(execute: Execute, unit: str) -> Exercise:
    """Return the gradebook IDs of the exercise ``unit``; raise ``KitError`` if it is not in the gradebook."""
    found = execute(_EXERCISE, {"unit": unit})
    if not found:
        words = say("grading.not_in_gradebook", unit=unit)
        raise KitError(words, say("release.never_way_out", unit=unit))
    assignment, notebook, due = found[0]
    cells: dict[str, dict[str, str]] = {"GradeCell": {}, "SolutionCell": {}, "TaskCell": {}}
    for kind, name, cell in execute(_CELLS, {"notebook": notebook}):
        cells[kind][name] = cell
    return Exercise(assignment, notebook, database.moment(due), *cells.values())


def of_trainee(execute: Execute, exercise: Exercise, code: str, timestamp: datetime | None) -> tuple[str, timedelta]:
    """Return the ID of a trainee's submitted notebook and the deadline extension, creating rows that are missing.

    Rows from a version submitted earlier are deleted if they belong to questions that the current version lacks.
    """
    names = {"assignment": exercise.id, "notebook": exercise.notebook_id, "code": code}
    found = execute(_SUBMISSION, names)
    if found:
        submission, notebook, extension = found[0]
        if timestamp:
            execute(_SET_TIMESTAMP, {"id": submission, "timestamp": timestamp})
        _fit(execute, exercise, notebook)
        return notebook, database.span(extension)
    if not execute("SELECT id FROM student WHERE id = :code", {"code": code}):
        execute("INSERT INTO student (id) VALUES (:code)", {"code": code})
    submission, notebook = _new_id(), _new_id()
    execute(_NEW_SUBMISSION, {**names, "id": submission, "timestamp": timestamp})
    execute(_NEW_NOTEBOOK, {**names, "id": notebook, "submission": submission, "flagged": False})
    _fit(execute, exercise, notebook)
    return notebook, timedelta()


def _fit(execute: Execute, exercise: Exercise, notebook: str) -> None:
    """Create and delete the rows of a submitted notebook so that they match the cells of its version."""
    tasks = exercise.tasks.values()
    for known, new, gone, cells, values in (
        (_GRADED, _NEW_GRADE, _NO_GRADE, (*exercise.graded.values(), *tasks), {"needs_manual_grade": True}),
        (_COMMENTED, _NEW_COMMENT, _NO_COMMENT, (*exercise.answered.values(), *tasks), {}),
    ):
        existing = {cell for (cell,) in execute(known, {"notebook": notebook})}
        if stale := existing - set(cells):
            execute(gone, [{"notebook": notebook, "cell": cell} for cell in stale])
        if missing := [cell for cell in cells if cell not in existing]:
            execute(new, [{"id": _new_id(), "notebook": notebook, "cell": cell, **values} for cell in missing])


def _new_id() -> str:
    return uuid.uuid4().hex
