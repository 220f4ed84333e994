"""Scores answers as a step of nbgrader's own ``autograde``, in the place of ``Execute``; see ``nbgrader_config.py``.

Plain ``nbgrader autograde`` comes through here and ``buuchinh grade`` does not, but both score by
``score.mark`` and put the points onto the cells by ``autograded.fill``, so they agree.
"""

from __future__ import annotations

from typing import Any

from nbformat import from_dict
from nbgrader.preprocessors import NbGraderPreprocessor, SaveAutoGrades
from traitlets import Bool

from buuchinh import course
from buuchinh.errors import KitError
from buuchinh.execution import run_one
from buuchinh.grading import autograded, outcomes, score, tidy
from buuchinh.release.source import refuse_answers


class ScoreAnswers(NbGraderPreprocessor):
    """Put the points of each answer onto its cell, where nbgrader finds them."""

    unsafe = Bool(False, help="Run code without isolation where this machine has none.").tag(config=True)

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Score one hand-in; ``KitError`` where it cannot be graded."""
        unit, code = resources["nbgrader"]["assignment"], resources["nbgrader"]["student"]
        problems = refuse_answers(unit)
        if problems:
            raise KitError(problems)
        handed = score.take(unit, code)
        nb = tidy.without_put_back(nb)
        run = None
        if handed.runs_code(nb):
            kept = outcomes.folder(unit, code) / outcomes.EXECUTION
            files = {course.SHEET: handed.released.sheet.decode("utf-8")}
            run = run_one.run(nb, unit, kept, files=files, unsafe=self.unsafe)
        marking = score.mark(handed, run, nb)
        given = autograded.fill(nb, marking)
        fingerprint = outcomes.fingerprint(unit, code, outcomes.rules(unit))
        outcomes.write(unit, code, outcomes.entry(unit, code, marking, given, fingerprint))
        return from_dict(nb), resources


class SaveGrades(SaveAutoGrades):
    """Save points as nbgrader does; a cell that waits for a person has none from the machine, and is marked for one."""

    def _add_score(self, cell: Any, resources: Any) -> None:
        super()._add_score(cell, resources)
        if autograded.waits(cell):
            names = (self.notebook_id, self.assignment_id, self.student_id)
            grade = self.gradebook.find_grade(cell.metadata["nbgrader"]["grade_id"], *names)
            grade.auto_score, grade.needs_manual_grade = None, True
            self.gradebook.db.commit()
