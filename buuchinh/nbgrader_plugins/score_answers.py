"""Score answers as a step of nbgrader's own ``autograde``, in place of ``Execute``; see ``nbgrader_config.py``.

Plain ``nbgrader autograde`` uses this step and ``buuchinh grade`` does not, but both score with ``score.mark`` and
write the points to the cells with ``autograded.fill``, so they agree.
"""

from __future__ import annotations

from typing import Any

from nbformat import from_dict
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor, SaveAutoGrades
from traitlets import Bool

from buuchinh import course
from buuchinh.errors import KitError
from buuchinh.execution import run_one
from buuchinh.grading import autograded, outcomes, reviewed, score, tidy_notebook
from buuchinh.notebooks import marks_of
from buuchinh.release.source import refuse_answers

_SEEN = "buuchinh_seen"


class ScoreAnswers(NbGraderPreprocessor):
    """Write the points for each answer to its cell, where nbgrader finds them."""

    unsafe = Bool(False, help="Run code without isolation where this machine has none.").tag(config=True)

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Return a submission's notebook with its points; raise ``KitError`` if it cannot be graded."""
        unit, code = resources["nbgrader"]["assignment"], resources["nbgrader"]["student"]
        problems = refuse_answers(unit)
        if problems:
            raise KitError(problems)
        handed = score.take(unit, code)
        nb = tidy_notebook.without_put_back(nb)
        run = None
        if handed.runs_code(nb):
            execution_path = outcomes.folder(unit, code) / outcomes.EXECUTION
            files = {course.SHEET: handed.released.sheet.decode("utf-8")}
            run = run_one.run(nb, unit, execution_path, files=files, unsafe=self.unsafe)
        marking = score.mark(handed, run, nb)
        points = autograded.fill(nb, marking)
        resources[_SEEN] = reviewed.seen_in(nb, marking.answers, points)
        fingerprint = outcomes.fingerprint(unit, code, outcomes.rules(unit))
        outcomes.write(unit, code, outcomes.entry(unit, code, marking, points, fingerprint))
        return from_dict(nb), resources


class SaveGrades(SaveAutoGrades):
    """Save points as nbgrader does, except for review flags (``reviewed``) and cells that await manual review."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Save the points of one submission, and then the answers that earned them."""
        unit, code = resources["nbgrader"]["assignment"], resources["nbgrader"]["student"]
        self._before = reviewed.read(unit, code)
        saved = super().preprocess(nb, resources)
        self._look_at_tasks_again(nb, resources)
        reviewed.write(unit, code, resources[_SEEN])
        return saved  # type: ignore[no-any-return]

    def _add_score(self, cell: Any, resources: Any) -> None:
        name = cell.metadata["nbgrader"]["grade_id"]
        grade = self.gradebook.find_grade(name, self.notebook_id, self.assignment_id, self.student_id)
        flagged = bool(grade.needs_manual_grade)
        super()._add_score(cell, resources)
        if autograded.waits(cell):
            grade.auto_score = None
        manual, auto, seen = grade.manual_score, grade.auto_score, resources[_SEEN]
        grade.needs_manual_grade = reviewed.needs_look(
            name, self._before, seen, manual=manual, auto=auto, flagged=flagged
        )
        self.gradebook.db.commit()

    def _look_at_tasks_again(self, nb: Any, resources: Any) -> None:
        """Flag each task whose answer or code is no longer what a person gave points for."""
        tasks = [str(marks["grade_id"]) for cell in nb["cells"] if (marks := marks_of(cell)).get("task")]
        with Gradebook(self.db_url) as book:
            for name in tasks:
                grade = book.find_grade(name, self.notebook_id, self.assignment_id, self.student_id)
                if reviewed.task_changed(name, self._before, resources[_SEEN], manual=grade.manual_score):
                    grade.needs_manual_grade = True
            book.db.commit()
