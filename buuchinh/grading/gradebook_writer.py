"""Writes a scored hand-in to ``autograded/`` and into nbgrader's gradebook, a transaction each.

What is stored is what ``nbgrader autograde`` stores with the course's configuration, row by row and
byte by byte (``tests/test_gradebook_writer.py``). That takes some 45 queries and 20 commits a hand-in; this
takes six statements and one commit, after which all of a hand-in is in the gradebook or nothing. nbgrader
takes seconds to load, so it is loaded only for what is rare: output to cut, a hand-in that was late.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from buuchinh import course
from buuchinh.classroom import database, gradebook
from buuchinh.classroom.database import Execute
from buuchinh.errors import KitError, Problem
from buuchinh.grading import autograded, reviewed
from buuchinh.grading.score import Marking
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
_MANUAL = "SELECT cell_id, manual_score, extra_credit, needs_manual_grade FROM grade WHERE notebook_id = :notebook"
_SET_TIMESTAMP = "UPDATE submitted_assignment SET timestamp = :timestamp WHERE id = :id"
_SET_GRADE = """
    UPDATE grade SET auto_score = :auto_score, needs_manual_grade = :needs_manual_grade
    WHERE notebook_id = :notebook AND cell_id = :cell
"""
_SET_COMMENT = "UPDATE comment SET auto_comment = :auto_comment WHERE notebook_id = :notebook AND cell_id = :cell"
_SET_PENALTY = "UPDATE submitted_notebook SET late_submission_penalty = :penalty WHERE id = :id"
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
_MOST_LINES, _MOST_TRACEBACK = 1000, 100
"""What ``nbgrader.preprocessors.LimitOutput`` leaves of a cell's output where the configuration says nothing."""
_COLLECTED = "%Y-%m-%d %H:%M:%S UTC"
"""How ``collect`` writes ``timestamp.txt``; another way of writing it is read by nbgrader."""


@dataclass(frozen=True)
class _Exercise:
    """Ids of one exercise in the gradebook: assignment, notebook, and by name its graded, answered and task cells.

    ``tasks`` are what a person grades together with the cells around it: points and comments are that person's alone.
    """

    id: str
    notebook_id: str
    due: datetime | None
    graded: Mapping[str, str]
    answered: Mapping[str, str]
    tasks: Mapping[str, str]


class Recorder:
    """Writes hand-ins of one exercise, one at a time, by the connection that it holds. Use it in a ``with``."""

    def __init__(self, unit: str) -> None:
        self.unit = unit
        self._config = gradebook.config()

    def __enter__(self) -> Self:
        self._database = database.connect()
        try:
            with self._database.transaction() as execute:
                self._exercise = self._read(execute)
        except BaseException:
            self._database.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._database.close()

    def record(self, code: str, notebook: Any, marking: Marking) -> dict[str, float]:
        """Store one hand-in, its notebook in order, and return the points by cell.

        Raises ``gradebook.Gone`` where the gradebook went away; then nothing of it is in there.
        """
        points = autograded.fill(notebook, marking)
        seen = reviewed.seen_in(notebook, marking.answers, points)
        notebook = self._limited(notebook)
        timestamp = self._timestamp(code)
        self._write_files(code, notebook)
        with self._database.transaction() as execute:
            self._write_rows(execute, code, notebook, points, timestamp, seen)
        reviewed.write(self.unit, code, seen)
        return points

    def _read(self, execute: Execute) -> _Exercise:
        found = execute(_EXERCISE, {"unit": self.unit})
        if not found:
            words = say("grading.not_in_gradebook", unit=self.unit)
            raise KitError([Problem("", 0, words, say("release.never_way_out", unit=self.unit))])
        assignment, notebook, due = found[0]
        cells: dict[str, dict[str, str]] = {"GradeCell": {}, "SolutionCell": {}, "TaskCell": {}}
        for kind, name, cell in execute(_CELLS, {"notebook": notebook}):
            cells[kind][name] = cell
        return _Exercise(assignment, notebook, database.moment(due), *cells.values())

    def _limited(self, notebook: Any) -> Any:
        """Return the notebook as nbgrader's ``LimitOutput`` returns it; without a long output that is as it is."""
        if "LimitOutput" not in self._config and not any(map(_long_output, notebook["cells"])):
            return notebook
        from nbformat import from_dict
        from nbgrader.preprocessors import LimitOutput

        limited, _ = LimitOutput(config=self._config).preprocess(from_dict(notebook), {})
        return limited

    def _timestamp(self, code: str) -> datetime | None:
        """Return when the hand-in came, in UTC without a zone, as the gradebook keeps it."""
        path = gradebook.folder(course.SUBMITTED) / code / self.unit / course.TIMESTAMP
        if not path.exists():
            return None
        try:
            text = path.read_text(encoding="utf-8").strip()
            return _utc(text) if text else None
        except (ValueError, OverflowError) as error:
            raise KitError(
                [Problem(path.name, 0, say("grading.bad_timestamp"), say("grading.collect_again"))]
            ) from error

    def _write_files(self, code: str, notebook: Any) -> None:
        ignored = list(self._config.CourseDirectory.ignore)
        others: dict[str, Path] = {}
        for folder in (gradebook.folder(course.SUBMITTED) / code / self.unit, course.source_folder(self.unit)):
            others |= dict(autograded.beside(folder, ignored))
        target = gradebook.folder(course.AUTOGRADED) / code / self.unit
        autograded.lay(target, {f"{self.unit}.ipynb": autograded.text(notebook).encode("utf-8")}, others)

    def _write_rows(
        self,
        execute: Execute,
        code: str,
        notebook: Any,
        points: Mapping[str, float],
        timestamp: datetime | None,
        seen: reviewed.Seen,
    ) -> None:
        """Write the rows of one hand-in: as nbgrader does, a person's points and comments stay."""
        row, extension = self._rows_of(execute, code, timestamp)
        before = reviewed.read(self.unit, code)
        by_hand = {cell: tuple(given) for cell, *given in execute(_MANUAL, {"notebook": row})}
        grades: list[dict[str, Any]] = []
        comments: list[dict[str, Any]] = []
        total = 0.0
        for cell in notebook["cells"]:
            name = cell["metadata"].get("nbgrader", {}).get("grade_id")
            if name in self._exercise.graded:
                id_ = self._exercise.graded[name]
                auto = _auto_score(cell, points)
                manual, extra, flagged = by_hand.get(id_, (None, None, True))
                needs = reviewed.needs_look(name, before, seen, manual=manual, auto=auto, flagged=bool(flagged))
                grades.append({"notebook": row, "cell": id_, "auto_score": auto, "needs_manual_grade": needs})
                total += (auto if manual is None else manual) or 0.0
                total += (extra or 0.0) if (manual, auto) != (None, None) else 0.0
            if name in self._exercise.tasks:
                manual, extra, _ = by_hand.get(self._exercise.tasks[name], (None, None, True))
                total += (manual or 0.0) + ((extra or 0.0) if manual is not None else 0.0)
            if name in self._exercise.answered:
                comment = gradebook.NO_RESPONSE if _as_released(cell) else None
                comments.append({"notebook": row, "cell": self._exercise.answered[name], "auto_comment": comment})
        if grades:
            execute(_SET_GRADE, grades)
        if comments:
            execute(_SET_COMMENT, comments)
        execute(_SET_PENALTY, {"id": row, "penalty": self._penalty(code, total, timestamp, extension)})

    def _rows_of(self, execute: Execute, code: str, timestamp: datetime | None) -> tuple[str, timedelta]:
        """Return the id of a trainee's submitted notebook, and an extension; make its rows where there are none."""
        names = {"assignment": self._exercise.id, "notebook": self._exercise.notebook_id, "code": code}
        found = execute(_SUBMISSION, names)
        if found:
            submission, notebook, extension = found[0]
            if timestamp:
                execute(_SET_TIMESTAMP, {"id": submission, "timestamp": timestamp})
            return notebook, database.span(extension)
        if not execute("SELECT id FROM student WHERE id = :code", {"code": code}):
            execute("INSERT INTO student (id) VALUES (:code)", {"code": code})
        submission, notebook = _new_id(), _new_id()
        execute(_NEW_SUBMISSION, {**names, "id": submission, "timestamp": timestamp})
        execute(_NEW_NOTEBOOK, {**names, "id": notebook, "submission": submission, "flagged": False})
        tasks = self._exercise.tasks.values()
        for query, cells, values in (
            (_NEW_GRADE, (*self._exercise.graded.values(), *tasks), {"needs_manual_grade": True}),
            (_NEW_COMMENT, (*self._exercise.answered.values(), *tasks), {}),
        ):
            if cells:
                execute(query, [{"id": _new_id(), "notebook": notebook, "cell": cell, **values} for cell in cells])
        return notebook, timedelta()

    def _penalty(self, code: str, score: float, timestamp: datetime | None, extension: timedelta) -> float | None:
        """Ask nbgrader's plugin what being late costs, where it was late."""
        due = self._exercise.due
        if timestamp is None or due is None:
            return None
        late = (timestamp - (due + extension)).total_seconds()
        if late <= 0:
            return None
        from nbgrader.preprocessors import AssignLatePenalties

        step = AssignLatePenalties(config=self._config)
        step.init_plugin()
        penalty = step.plugin_inst.late_submission_penalty(code, score, late)
        return None if penalty is None else min(max(float(penalty), 0.0), score)


def _auto_score(cell: Any, points: Mapping[str, float]) -> float | None:
    """Return the machine's points of a graded cell; None where a person gives them.

    A cell that a person grades and that is as it was released earns 0: nobody wrote anything into it.
    """
    marks = cell["metadata"]["nbgrader"]
    if marks["grade_id"] in points:
        return points[marks["grade_id"]]
    if marks.get("solution") and not autograded.waits(cell) and _as_released(cell):
        return 0.0
    return None


def _as_released(cell: Any) -> bool:
    """Whether a cell has the checksum with which it was released, which ``tidy`` has put into its metadata."""
    marks = cell["metadata"]["nbgrader"]
    return "checksum" in marks and marks["checksum"] == checksum(cell)


def checksum(cell: Any) -> str:
    """Return ``nbgrader.utils.compute_checksum`` of a cell, without nbgrader."""
    marks = cell["metadata"]["nbgrader"]
    grade, solution = marks.get("grade", False), marks.get("solution", False)
    locked = False if solution else True if grade else marks.get("locked", False)
    parts = [cell["source"], cell["cell_type"], str(grade), str(solution), str(locked), marks["grade_id"]]
    if grade:
        parts.append(str(float(marks["points"])))
    return hashlib.md5("".join(parts).encode("utf-8"), usedforsecurity=False).hexdigest()


def _long_output(cell: Any) -> bool:
    outputs = cell.get("outputs", ())
    lines = sum(output["text"].count("\n") + 1 for output in outputs if output["output_type"] == "stream")
    tracebacks = [len(output["traceback"]) for output in outputs if output["output_type"] == "error"]
    return lines >= _MOST_LINES or max(tracebacks, default=0) > _MOST_TRACEBACK


def _utc(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, _COLLECTED)  # noqa: DTZ007  # the gradebook keeps UTC without a zone
    except ValueError:
        from nbgrader.utils import parse_utc

        found: datetime | None = parse_utc(text)
        return found


def _new_id() -> str:
    return uuid.uuid4().hex
