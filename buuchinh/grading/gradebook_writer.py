"""The one writer: what a hand-in earned goes to ``autograded/`` and into nbgrader's gradebook, a transaction each.

What is stored is what ``nbgrader autograde`` stores with the course's configuration, row by row and
byte by byte (``tests/test_gradebook_writer.py``). That takes some 45 queries and 20 commits a hand-in; this
takes six statements and one commit, after which all of a hand-in is in the gradebook or nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import Any, Self

import nbformat

from buuchinh.classroom import gradebook
from buuchinh.errors import KitError, Problem
from buuchinh.grading import autograded
from buuchinh.grading.score import Marking
from buuchinh.messages import say


@contextmanager
def noticing_loss() -> Iterator[None]:
    """Raise ``gradebook.Gone``, with the reason in Vietnamese, for whatever a database refuses."""
    from sqlalchemy.exc import DBAPIError, SQLAlchemyError

    try:
        yield
    except DBAPIError as error:
        raise gradebook.Gone(gradebook.reason_of(error)) from error
    except SQLAlchemyError as error:
        raise gradebook.Gone(say("classroom.gradebook.unreachable")) from error


@dataclass(frozen=True)
class _Exercise:
    """One exercise in the gradebook: ids of it, its notebook, its graded and its open cells, and when it is due.

    ``tasks`` are what a person grades together with the cells around it: points and comments are that person's alone.
    """

    id: str
    notebook_id: str
    due: datetime | None
    graded: Mapping[str, str]
    answered: Mapping[str, str]
    tasks: Mapping[str, str]


class Recorder:
    """Writes hand-ins of one exercise, one at a time, by the connection that it holds. Use it in a ``with``.

    nbgrader takes seconds to load. It is loaded beside the first hand-ins that run, and waited for at the first record.
    """

    def __init__(self, unit: str) -> None:
        self.unit = unit
        self._config = gradebook.config()
        self._opened = ExitStack()
        self._loading = Thread(target=import_module, args=("nbgrader.preprocessors",))
        self._book: Any = None

    def __enter__(self) -> Self:
        self._loading.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._opened.close()
        self._loading.join()

    def _connect(self) -> None:
        self._loading.join()
        from nbgrader.preprocessors import LimitOutput

        self._limit = LimitOutput(config=self._config)
        with noticing_loss():
            book = self._opened.enter_context(gradebook.opened())
            self._exercise = self._read(book)
            book.db.remove()  # its read transaction would keep other writers waiting
            self._book = book

    def record(self, code: str, notebook: Any, marking: Marking) -> dict[str, float]:
        """Store one hand-in, its notebook in order, and return the points by cell.

        Raises ``gradebook.Gone`` where the gradebook went away; then nothing of it is in there.
        """
        if self._book is None:
            self._connect()
        given = autograded.fill(notebook, marking)
        made, _ = self._limit.preprocess(notebook, {})
        timestamp = self._timestamp(code)
        self._lay(code, made)
        with noticing_loss(), self._book.engine.begin() as connection:
            self._write(connection, code, made, timestamp)
        return given

    def _read(self, book: Any) -> _Exercise:
        from nbgrader.api import MissingEntry

        try:
            found = book.find_notebook(self.unit, self.unit)
        except MissingEntry as error:
            words = say("grading.not_in_gradebook", unit=self.unit)
            raise KitError([Problem("", 0, words, say("release.never_way_out", unit=self.unit))]) from error
        return _Exercise(
            found.assignment.id,
            found.id,
            found.assignment.duedate,
            {cell.name: cell.id for cell in found.grade_cells},
            {cell.name: cell.id for cell in found.solution_cells},
            {cell.name: cell.id for cell in found.task_cells},
        )

    def _timestamp(self, code: str) -> datetime | None:
        from nbgrader.utils import parse_utc

        path = gradebook.folder("submitted") / code / self.unit / "timestamp.txt"
        if not path.exists():
            return None
        try:
            text = path.read_text(encoding="utf-8").strip()
            found: datetime | None = parse_utc(text) if text else None
        except (ValueError, OverflowError) as error:
            raise KitError(
                [Problem(path.name, 0, say("grading.bad_timestamp"), say("grading.collect_again"))]
            ) from error
        return found

    def _lay(self, code: str, made: Any) -> None:
        ignored = list(self._config.CourseDirectory.ignore)
        others: dict[str, Path] = {}
        for folder in (gradebook.folder("submitted") / code / self.unit, gradebook.folder("source") / self.unit):
            others |= dict(autograded.beside(folder, ignored))
        text = nbformat.v4.writes(made) + "\n"
        autograded.lay(
            gradebook.folder("autograded") / code / self.unit, {f"{self.unit}.ipynb": text.encode("utf-8")}, others
        )

    def _write(self, connection: Any, code: str, made: Any, timestamp: datetime | None) -> None:
        """Write the rows of one hand-in: as nbgrader does, a person's points and comments stay."""
        from nbgrader import api
        from sqlalchemy import bindparam, select, update

        _, notebook, extension = self._rows_of(connection, code, timestamp)
        grade, comment = api.Grade.__table__, api.Comment.__table__
        by_hand = {
            cell: (manual, extra)
            for cell, manual, extra in connection.execute(
                select(grade.c.cell_id, grade.c.manual_score, grade.c.extra_credit).where(
                    grade.c.notebook_id == notebook
                )
            )
        }
        points, remarks, total = [], [], 0.0
        for cell in made.cells:
            name = cell.metadata.get("nbgrader", {}).get("grade_id")
            if name in self._exercise.graded:
                auto = _points(cell)
                manual, extra = by_hand.get(self._exercise.graded[name], (None, None))
                needs = manual is not None or auto is None
                points.append({"of": self._exercise.graded[name], "auto_score": auto, "needs_manual_grade": needs})
                total += (auto if manual is None else manual) or 0.0
                total += (extra or 0.0) if (manual, auto) != (None, None) else 0.0
            if name in self._exercise.tasks:
                manual, extra = by_hand.get(self._exercise.tasks[name], (None, None))
                total += (manual or 0.0) + ((extra or 0.0) if manual is not None else 0.0)
            if name in self._exercise.answered:
                remarks.append({"of": self._exercise.answered[name], "auto_comment": _comment(cell)})
        for table, changed in ((grade, points), (comment, remarks)):
            if changed:
                row = (table.c.notebook_id == notebook) & (table.c.cell_id == bindparam("of"))
                connection.execute(update(table).where(row), changed)
        penalty = self._penalty(code, total, timestamp, extension)
        table = api.SubmittedNotebook.__table__
        connection.execute(update(table).where(table.c.id == notebook).values(late_submission_penalty=penalty))

    def _rows_of(self, connection: Any, code: str, timestamp: datetime | None) -> tuple[str, str, Any]:
        """Return the ids of a trainee's submission and notebook, and an extension; make them where there are none."""
        from nbgrader import api
        from sqlalchemy import insert, select, update

        student, submission = api.Student.__table__, api.SubmittedAssignment.__table__
        notebook, grade, comment = (one.__table__ for one in (api.SubmittedNotebook, api.Grade, api.Comment))
        found = connection.execute(
            select(submission.c.id, notebook.c.id, submission.c.extension)
            .join(notebook, notebook.c.assignment_id == submission.c.id)
            .where(submission.c.assignment_id == self._exercise.id, submission.c.student_id == code)
            .where(notebook.c.notebook_id == self._exercise.notebook_id)
        ).first()
        if found:
            if timestamp:
                connection.execute(update(submission).where(submission.c.id == found[0]).values(timestamp=timestamp))
            return tuple(found)
        if not connection.execute(select(student.c.id).where(student.c.id == code)).first():
            connection.execute(insert(student), {"id": code})
        one, other = api.new_uuid(), api.new_uuid()
        row = {"id": one, "assignment_id": self._exercise.id, "student_id": code, "timestamp": timestamp}
        connection.execute(insert(submission), row)
        connection.execute(
            insert(notebook), {"id": other, "assignment_id": one, "notebook_id": self._exercise.notebook_id}
        )
        for table, cells in ((grade, self._exercise.graded), (comment, self._exercise.answered)):
            made = [*cells.values(), *self._exercise.tasks.values()]
            if made:
                connection.execute(insert(table), [{"notebook_id": other, "cell_id": cell} for cell in made])
        return one, other, None

    def _penalty(self, code: str, score: float, timestamp: datetime | None, extension: Any) -> float | None:
        """Ask nbgrader's plugin what being late costs, where it was late."""
        due = self._exercise.due
        if timestamp is None or due is None:
            return None
        late = (timestamp - (due + extension if extension else due)).total_seconds()
        if late <= 0:
            return None
        from nbgrader.preprocessors import AssignLatePenalties

        step = AssignLatePenalties(config=self._config)
        step.init_plugin()
        penalty = step.plugin_inst.late_submission_penalty(code, score, late)
        return None if penalty is None else min(max(float(penalty), 0.0), score)


def _points(cell: Any) -> float | None:
    from nbgrader.utils import determine_grade

    if autograded.waits(cell):
        return None
    found, _ = determine_grade(cell)
    return None if found is None else float(found)


def _comment(cell: Any) -> str | None:
    from nbgrader.utils import compute_checksum

    return gradebook.NO_RESPONSE if cell.metadata.nbgrader.get("checksum") == compute_checksum(cell) else None
