"""Scores a hand-in from its answers, on the trusted side: nbgrader's preprocessor in the place of ``Execute``.

For each graded code cell it writes exactly one result whose text is the number of points,
which nbgrader reads as partial credit. Cells that a person grades are left alone. Plain
``nbgrader autograde`` and ``buuchinh grade`` come through here, so they agree.
"""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbformat.v4 import new_output
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Bool

from buuchinh import course
from buuchinh.errors import KitError, Problem
from buuchinh.files import read_json
from buuchinh.grading import execute, gradebook, ledger, snapshot
from buuchinh.grading.snapshot import SHEET, sheet_bytes
from buuchinh.grading.snapshot import Released
from buuchinh.grading.source import refuse_answers
from buuchinh.messages import say
from buuchinh.questions import publish
from buuchinh.questions.authored import CodeQuestion
from buuchinh.questions.comparing import share_equal
from buuchinh.questions.scoring import Score, score
from buuchinh.text import format_number


@dataclass(frozen=True)
class Marking:
    """What a hand-in earned: a score a question, in the order of its version, and what the instructor is told."""

    released: Released
    scores: Mapping[str, Score]
    answers: Mapping[str, Any]
    notes: tuple[str, ...]
    execution: execute.Execution | None


class ScoreAnswers(NbGraderPreprocessor):
    """Put the points of each answer onto its cell, where nbgrader finds them."""

    unsafe = Bool(False, help="Run code without isolation where this machine has none.").tag(config=True)

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Score one hand-in; ``KitError`` where it cannot be graded."""
        unit, code = resources["nbgrader"]["assignment"], resources["nbgrader"]["student"]
        marking = mark(unit, code, nb, unsafe=self.unsafe)
        for number, cell in enumerate(nb.cells):
            if cell.cell_type == "code":
                self._fill(cell, number, marking)
        ledger.write(unit, code, ledger.entry(unit, code, marking))
        return nb, resources

    def _fill(self, cell: Any, number: int, marking: Marking) -> None:
        marks = cell.metadata.get("nbgrader", {})
        if marks.get("grade") and not marks.get("solution"):
            cell.execution_count = 1
            cell.outputs = [_result(marks, marking)]
        elif marking.execution:
            name = execute.cell_name(cell, number)
            cell.outputs = [new_output(**one) for one in marking.execution.outputs.get(name, [])]


def mark(unit: str, code: str, notebook: Mapping[str, Any], *, unsafe: bool = False) -> Marking:
    """Score the answers of one hand-in by the key of its version; code is run again, and what it gives counts.

    Raises ``KitError`` where ``answers.json`` is missing or damaged, stands in the source too,
    or code must not run on this machine.
    """
    problems = refuse_answers(unit)
    if problems:
        raise KitError(problems)
    folder = gradebook.folder("submitted") / code / unit
    handed, version = _answers(folder / "answers.json")
    released = snapshot.released_for(unit, version, code)
    notes = [] if released.version == version else [say("grade.other_version", handed=version, used=released.version)]
    answers = {name: handed.get(name) for name in released.obscured}
    run = None
    if any(isinstance(question, CodeQuestion) for question in released.obscured.values()):
        run = _run(unit, code, notebook, released, unsafe=unsafe)
        notes += run.notes()
        for name, question in released.obscured.items():
            if isinstance(question, CodeQuestion):
                notes += _differences(question, answers[name], run.values.get(name))
                answers[name] = run.values.get(name)
    day = released.questions.as_of or course.settings().reviewed_on
    scores = {name: score(question, answers[name], day) for name, question in released.obscured.items()}
    foreign = [name for name, one in scores.items() if one.reason in {"unknown", "malformed"}] if released.form else []
    if foreign:
        notes.append(say("grade.other_form", form=released.form.upper(), ids=", ".join(foreign)))
    return Marking(released, scores, answers, tuple(notes), run)


def run_ahead(unit: str, code: str, *, unsafe: bool = False) -> None:
    """Run the code of one hand-in and keep what it gave, so that ``mark`` finds it."""
    _, version = _answers(gradebook.folder("submitted") / code / unit / "answers.json")
    _run(unit, code, notebook_of(unit, code), snapshot.released_for(unit, version, code), unsafe=unsafe)


def notebook_of(unit: str, code: str) -> dict[str, Any]:
    """Return the collected notebook of a trainee; ``KitError`` where there is none that can be read."""
    found = read_json(gradebook.folder("submitted") / code / unit / f"{unit}.ipynb", at_most=50_000_000)
    if not isinstance(found, dict) or not isinstance(found.get("cells"), list):
        raise KitError([Problem(f"{code}/{unit}.ipynb", 0, say("grade.no_notebook"), say("grade.collect_again"))])
    return found


def _run(
    unit: str, code: str, notebook: Mapping[str, Any], released: Released, *, unsafe: bool
) -> execute.Execution:
    """Run code beside the public questions of its own version: a value may since have another name."""
    files = {SHEET: sheet_bytes(publish.sheet(released.questions)).decode("utf-8")}
    kept = ledger.folder(unit, code) / ledger.EXECUTION
    return execute.run(notebook, unit, kept, files=files, unsafe=unsafe)


def _answers(path: Path) -> tuple[dict[str, Any], str]:
    found = read_json(path)
    try:
        return {name: one["answer"] for name, one in found["answers"].items()}, str(found["version"])
    except (KeyError, TypeError, AttributeError) as error:
        raise KitError([Problem(path.name, 0, say("grade.bad_answers"), say("grade.collect_again"))]) from error


def _differences(question: CodeQuestion, handed: Any, rerun: Mapping[str, Any] | None) -> list[str]:
    """Name each value that the trainee handed in and that the second run did not give again."""
    handed = handed if isinstance(handed, dict) else {}
    said = []
    for value in question.values:
        before, after = handed.get(value.id), (rerun or {}).get(value.id)
        if before is None and after is None:
            continue
        if after is None:
            said.append(say("grade.value_lost", id=question.id, name=value.id))
        elif before is None:
            said.append(say("grade.value_new", id=question.id, name=value.id))
        elif before != after and share_equal(value.kind, after, before, 1e-9, relative=True) < 1:
            said.append(say("grade.value_differs", id=question.id, name=value.id))
    return said


def _result(marks: Mapping[str, Any], marking: Marking) -> Any:
    """Return nbgrader's partial credit: the text is the number, the HTML a word for a person."""
    name, most = marks["grade_id"], float(marks["points"])
    found = marking.scores.get(name)
    if found is None:
        earned, words = 0.0, say("grade.not_in_version", version=marking.released.version)
    else:
        earned = min(most, max(0.0, round(found.fraction * most, 6)))
        words = say("grade.earned", points=format_number(earned), most=format_number(most))
        if found.reason:
            words += f" {say(f'grade.reasons.{found.reason}')}"
    remarks = () if found is None or marking.released.form else found.remarks  # an exam's items serve again
    lines = [words, *(f"{_SIGNS[remark.right]} {remark.text}" for remark in remarks)]
    shown = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
    data = {"text/plain": repr(earned), "text/html": f'<div lang="vi">{shown}</div>'}
    return new_output("execute_result", data=data, metadata={}, execution_count=1)


_SIGNS = {True: "✓", False: "✗", None: "·"}
