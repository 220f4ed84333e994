"""Write scored submissions to ``autograded/`` and to nbgrader's gradebook, with one transaction per submission.

The result equals that of ``nbgrader autograde`` with the course's configuration, row by row and byte by byte
(``tests/test_gradebook_writer.py``). nbgrader takes some 45 queries and 20 commits per submission. This module takes
eight statements and one commit, so the gradebook contains either all of a submission or nothing. nbgrader takes seconds
to load and is loaded only in rare cases: output that must be truncated, or a late submission.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from buuchinh import course
from buuchinh.attempts import reader
from buuchinh.classroom import database, gradebook, gradebook_cells
from buuchinh.classroom.database import Execute
from buuchinh.errors import KitError
from buuchinh.grading import autograded, gradebook_rows, reviewed
from buuchinh.grading.gradebook_rows import Exercise
from buuchinh.grading.score import Marking
from buuchinh.messages import say
from buuchinh.notebooks import grade_id
from buuchinh.release.versions import Released

_MANUAL = "SELECT cell_id, manual_score, extra_credit, needs_manual_grade FROM grade WHERE notebook_id = :notebook"
_SET_GRADE = """
    UPDATE grade SET auto_score = :auto_score, needs_manual_grade = :needs_manual_grade
    WHERE notebook_id = :notebook AND cell_id = :cell
"""
_LOOK_AGAIN = """
    UPDATE grade SET needs_manual_grade = :needs_manual_grade WHERE notebook_id = :notebook AND cell_id = :cell
"""
_SET_COMMENT = "UPDATE comment SET auto_comment = :auto_comment WHERE notebook_id = :notebook AND cell_id = :cell"
_SET_PENALTY = "UPDATE submitted_notebook SET late_submission_penalty = :penalty WHERE id = :id"
_MOST_LINES, _MOST_TRACEBACK = 1000, 100
"""Default limits of ``nbgrader.preprocessors.LimitOutput`` on the lines in a cell's output and in a traceback."""
_COLLECTED = "%Y-%m-%d %H:%M:%S UTC"
"""Format of ``timestamp.txt`` as written by ``collect``; nbgrader parses any other format."""


class Recorder:
    """Context manager that writes submissions to one exercise, one at a time, over one database connection."""

    def __init__(self, unit: str) -> None:
        self.unit = unit
        self._config = gradebook.config()

    def __enter__(self) -> Self:
        self._database = database.connect()
        try:
            with self._database.transaction() as execute:
                self._exercise = gradebook_rows.read(execute, self.unit)
        except BaseException:
            self._database.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._database.close()

    def admit(self, released: Released) -> None:
        """Add a version's cells to the gradebook if it lacks them, since a class may use two versions at once."""
        lacking = set(gradebook_cells.names(released.notebook, "grade", "task", "solution")) - self._exercise.names
        if lacking:
            gradebook_cells.add(self.unit, released.notebook)
            with self._database.transaction() as execute:
                self._exercise = gradebook_rows.read(execute, self.unit)

    def record(self, code: str, notebook: Any, marking: Marking) -> dict[str, float]:
        """Write one submission with its tidied notebook, and return the automatic points by cell.

        Raise ``gradebook.Gone`` if the gradebook is unreachable; nothing of this submission is then stored in it.
        """
        points = autograded.fill(notebook, marking)
        seen = reviewed.seen_in(notebook, marking.answers, points)
        notebook = self._limited(notebook)
        timestamp = self._timestamp(code)
        self._write_files(code, notebook)
        with self._database.transaction() as execute:
            exercise = self._exercise.only(gradebook_cells.names(marking.released.notebook))
            self._write_rows(execute, exercise, code, notebook, points, timestamp, seen)
        reviewed.write(self.unit, code, seen)
        return points

    def _limited(self, notebook: Any) -> Any:
        """Return the notebook with long outputs truncated by nbgrader's ``LimitOutput``."""
        if "LimitOutput" not in self._config and not any(map(_long_output, notebook["cells"])):
            return notebook
        from nbformat import from_dict
        from nbgrader.preprocessors import LimitOutput

        limited, _ = LimitOutput(config=self._config).preprocess(from_dict(notebook), {})
        return limited

    def _timestamp(self, code: str) -> datetime | None:
        """Return when a trainee submitted, as a naive UTC datetime like those in the gradebook, or None if unknown.

        Raise ``KitError`` if the time cannot be parsed.
        """
        path = reader.submitted_folder(self.unit, code) / course.TIMESTAMP
        if not path.exists():
            return None
        try:
            text = path.read_text(encoding="utf-8").strip()
            return _utc(text) if text else None
        except (ValueError, OverflowError) as error:
            raise KitError(say("grading.bad_timestamp"), say("grading.collect_again"), path=path.name) from error

    def _write_files(self, code: str, notebook: Any) -> None:
        ignored = list(self._config.CourseDirectory.ignore)
        others: dict[str, Path] = {}
        for folder in (reader.submitted_folder(self.unit, code), course.source_folder(self.unit)):
            others |= dict(autograded.beside(folder, ignored))
        target = gradebook.folder(course.AUTOGRADED) / code / self.unit
        autograded.write_folder(target, {f"{self.unit}.ipynb": autograded.text(notebook).encode("utf-8")}, others)

    def _write_rows(
        self,
        execute: Execute,
        exercise: Exercise,
        code: str,
        notebook: Any,
        points: Mapping[str, float],
        timestamp: datetime | None,
        seen: reviewed.Seen,
    ) -> None:
        """Write the gradebook rows of one submission; like nbgrader, keep manual points and comments."""
        row, extension = gradebook_rows.of_trainee(execute, exercise, code, timestamp)
        before = reviewed.read(self.unit, code)
        by_hand = {cell: tuple(grade) for cell, *grade in execute(_MANUAL, {"notebook": row})}
        grades: list[dict[str, Any]] = []
        comments: list[dict[str, Any]] = []
        total = 0.0
        for cell in notebook["cells"]:
            name = grade_id(cell) or ""
            if name in exercise.graded:
                id_ = exercise.graded[name]
                auto = _auto_score(cell, points)
                manual, extra, flagged = by_hand.get(id_, (None, None, True))
                needs = reviewed.needs_look(name, before, seen, manual=manual, auto=auto, flagged=bool(flagged))
                grades.append({"notebook": row, "cell": id_, "auto_score": auto, "needs_manual_grade": needs})
                total += (auto if manual is None else manual) or 0.0
                total += (extra or 0.0) if (manual, auto) != (None, None) else 0.0
            if name in exercise.tasks:
                manual, extra, _ = by_hand.get(exercise.tasks[name], (None, None, True))
                total += (manual or 0.0) + ((extra or 0.0) if manual is not None else 0.0)
                if reviewed.task_changed(name, before, seen, manual=manual):
                    execute(_LOOK_AGAIN, {"notebook": row, "cell": exercise.tasks[name], "needs_manual_grade": True})
            if name in exercise.answered:
                comment = gradebook.NO_RESPONSE if _as_released(cell) else None
                comments.append({"notebook": row, "cell": exercise.answered[name], "auto_comment": comment})
        if grades:
            execute(_SET_GRADE, grades)
        if comments:
            execute(_SET_COMMENT, comments)
        execute(_SET_PENALTY, {"id": row, "penalty": self._penalty(code, total, timestamp, extension)})

    def _penalty(self, code: str, score: float, timestamp: datetime | None, extension: timedelta) -> float | None:
        """Return the points that nbgrader's plugin deducts for a late submission, or None if it was not late."""
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
    """Return the automatic points of a graded cell, or None if the cell must be graded manually.

    A manually graded cell automatically earns 0 points if it has not changed since its release.
    """
    marks = cell["metadata"]["nbgrader"]
    if marks["grade_id"] in points:
        return points[marks["grade_id"]]
    if marks.get("solution") and not autograded.waits(cell) and _as_released(cell):
        return 0.0
    return None


def _as_released(cell: Any) -> bool:
    """Return whether a cell still has its released checksum, which ``tidy_notebook`` writes into its metadata."""
    marks = cell["metadata"]["nbgrader"]
    return "checksum" in marks and marks["checksum"] == checksum(cell)


def checksum(cell: Any) -> str:
    """Return the cell's checksum as computed by ``nbgrader.utils.compute_checksum``, without loading nbgrader."""
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
        return datetime.strptime(text, _COLLECTED)  # noqa: DTZ007  # the gradebook stores UTC without a zone
    except ValueError:
        from nbgrader.utils import parse_utc

        found: datetime | None = parse_utc(text)
        return found
