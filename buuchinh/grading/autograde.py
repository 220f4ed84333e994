"""Scoring as a step of nbgrader's own ``autograde``, in the place of ``Execute``; see ``nbgrader_config.py``.

Plain ``nbgrader autograde`` comes through here and ``buuchinh grade`` does not, but both score by
``score.mark`` and put the points onto the cells by ``autograded.fill``, so they agree.
"""

from __future__ import annotations

from typing import Any

from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Bool

from buuchinh.errors import KitError
from buuchinh.grading import autograded, execute, ledger, score, unchanged
from buuchinh.grading.snapshot import SHEET
from buuchinh.grading.source import refuse_answers


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
        run = None
        if handed.runs_code(nb):
            kept = ledger.folder(unit, code) / ledger.EXECUTION
            files = {SHEET: handed.released.sheet.decode("utf-8")}
            run = execute.run(nb, unit, kept, files=files, unsafe=self.unsafe)
        marking = score.mark(handed, run)
        given = autograded.fill(nb, marking)
        fingerprint = unchanged.fingerprint(unit, code, unchanged.rules(unit))
        ledger.write(unit, code, ledger.entry(unit, code, marking, given, fingerprint))
        return nb, resources
