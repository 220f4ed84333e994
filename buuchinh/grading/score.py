"""What a hand-in earned, on the trusted side: its answers and its values meet the key of its version here.

A pure step between running and recording: it reads what was handed in and what running the
code gave, and returns scores. ``autograde.py`` lets plain nbgrader come through here too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from buuchinh import course
from buuchinh.errors import KitError, Problem
from buuchinh.files import read_json
from buuchinh.grading import gradebook, snapshot
from buuchinh.grading.execution.report import Execution
from buuchinh.grading.snapshot import Released
from buuchinh.grading.source import WORK_CELL, grade_id, is_task
from buuchinh.messages import say
from buuchinh.questions.authored import CodeQuestion
from buuchinh.questions.comparing import share_equal
from buuchinh.questions.scoring import Score, score


@dataclass(frozen=True)
class HandedIn:
    """One hand-in as it was taken in: the answers by question, and what they are scored by."""

    unit: str
    code: str
    version: str
    answers: Mapping[str, Any]
    released: Released

    def runs_code(self, notebook: Mapping[str, Any]) -> bool:
        """Whether ``notebook``, as handed in, has code to run: for its values, or for a person to see what it gives."""
        if any(isinstance(question, CodeQuestion) for question in self.released.obscured.values()):
            return True
        tasks = {name + WORK_CELL for name, question in self.released.obscured.items() if is_task(question)}
        ours = {grade_id(cell): _source(cell) for cell in self.released.notebook["cells"]}
        return any(grade_id(cell) in tasks and _source(cell) != ours.get(grade_id(cell)) for cell in notebook["cells"])


@dataclass(frozen=True)
class Marking:
    """What a hand-in earned: a score a question, in the order of its version, and what the instructor is told."""

    released: Released
    scores: Mapping[str, Score]
    answers: Mapping[str, Any]
    notes: tuple[str, ...]
    execution: Execution | None


def take(unit: str, code: str) -> HandedIn:
    """Read the answers of one hand-in; ``KitError`` where ``answers.json`` is missing or damaged."""
    path = gradebook.folder("submitted") / code / unit / "answers.json"
    found = read_json(path)
    try:
        answers = {name: one["answer"] for name, one in found["answers"].items()}
        version = str(found["version"])
    except (KeyError, TypeError, AttributeError) as error:
        raise KitError([Problem(path.name, 0, say("grade.bad_answers"), say("grade.collect_again"))]) from error
    return HandedIn(unit, code, version, answers, snapshot.released_for(unit, version, code))


def notebook_of(unit: str, code: str) -> dict[str, Any]:
    """Return the collected notebook of a trainee; ``KitError`` where there is none that can be read."""
    found = read_json(gradebook.folder("submitted") / code / unit / f"{unit}.ipynb", at_most=50_000_000)
    if not isinstance(found, dict) or not isinstance(found.get("cells"), list):
        raise KitError([Problem(f"{code}/{unit}.ipynb", 0, say("grade.no_notebook"), say("grade.collect_again"))])
    return found


def mark(handed: HandedIn, run: Execution | None) -> Marking:
    """Score a hand-in by the key of its version; where code was run again, what ``run`` gives counts."""
    released = handed.released
    notes = []
    if released.version != handed.version:
        notes.append(say("grade.other_version", handed=handed.version, used=released.version))
    answers = {name: handed.answers.get(name) for name in released.obscured}
    if run is not None:
        notes += run.notes()
        code = [question for question in released.obscured.values() if isinstance(question, CodeQuestion)]
        notes += _differences(code, answers, run.values)
        answers |= {question.id: run.values.get(question.id) for question in code}
    day = released.questions.as_of or course.settings().reviewed_on
    scores = {name: score(question, answers[name], day) for name, question in released.obscured.items()}
    foreign = [name for name, one in scores.items() if one.reason in {"unknown", "malformed"}] if released.form else []
    if foreign:
        notes.append(say("grade.other_form", form=released.form.upper(), ids=", ".join(foreign)))
    return Marking(released, scores, answers, tuple(notes), run)


def machine_fault(handed: HandedIn, notebook: Mapping[str, Any], run: Execution) -> str:
    """Return the name of a cell that failed through no fault of the trainee's, "" where there is none.

    That is a cell which stands as it was released and ran before any that the trainee wrote in or was to write in.
    """
    ours = {grade_id(cell) or cell.get("id"): _source(cell) for cell in handed.released.notebook["cells"]}
    for cell in notebook["cells"]:
        if cell["cell_type"] != "code":
            continue
        name = grade_id(cell) or cell.get("id")
        if ours.get(name) != _source(cell) or cell["metadata"].get("nbgrader", {}).get("solution"):
            return ""
        if name in run.failed:
            return str(name)
    return ""


def _source(cell: Mapping[str, Any]) -> str:
    source = cell["source"]
    return source.strip() if isinstance(source, str) else "".join(source).strip()


def _differences(
    questions: Iterable[CodeQuestion], handed: Mapping[str, Any], rerun: Mapping[str, Mapping[str, Any]]
) -> list[str]:
    """Name what the second run did not give as it was handed in: one line a kind of difference."""
    found: dict[str, list[str]] = {"value_lost": [], "value_differs": [], "value_new": []}
    for question in questions:
        given = handed.get(question.id)
        given = given if isinstance(given, dict) else {}
        for value in question.values:
            before, after = given.get(value.id), (rerun.get(question.id) or {}).get(value.id)
            if before == after:
                continue
            if after is None:
                kind = "value_lost"
            elif before is None:
                kind = "value_new"
            elif share_equal(value.kind, after, before, 1e-9, relative=True) < 1:
                kind = "value_differs"
            else:
                continue
            found[kind].append(f"{question.id} “{value.id}”")
    return [say(f"grade.{kind}", names=", ".join(names)) for kind, names in found.items() if names]
