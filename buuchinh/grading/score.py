"""Score a submission with the answer keys of its version; the keys never enter a sandbox.

Scoring has no side effects and comes between running and recording: it takes the answers and the values that the code
computed, and returns scores. ``nbgrader_plugins.score_answers`` uses this module to grade with plain nbgrader.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from buuchinh import course
from buuchinh.attempts import reader
from buuchinh.classroom import gradebook
from buuchinh.errors import KitError
from buuchinh.execution.execution_report import Execution
from buuchinh.files import read_json
from buuchinh.grading import acceptances, typed_values
from buuchinh.grading.acceptances import Acceptance
from buuchinh.intake import cell_limits, submit_cells
from buuchinh.messages import listed, say
from buuchinh.notebooks import grade_id, marks_of, read_notebook, source_of
from buuchinh.questions import types
from buuchinh.questions.compare_values import is_kind, share_equal
from buuchinh.questions.scored import Score
from buuchinh.questions.scoring import score
from buuchinh.release import versions
from buuchinh.release.source import WORK_CELL, is_task
from buuchinh.release.versions import Released
from buuchinh.text import format_moment

_ODD = 3
"""Minimum number of answers with unknown IDs that suggests that the whole submission is wrong."""


@dataclass(frozen=True)
class HandedIn:
    """One submission as it was collected: the answers by question ID, and the release whose keys score them.

    ``made_by`` maps question IDs to hashes of the cells that submitted the values, if recorded. ``accepted`` maps
    question IDs to an instructor's acceptances.
    """

    unit: str
    code: str
    version: str
    answers: Mapping[str, Any]
    released: Released
    made_by: Mapping[str, str] = field(default_factory=dict)
    accepted: Mapping[str, Acceptance] = field(default_factory=dict)

    def runs_code(self, notebook: Mapping[str, Any]) -> bool:
        """Return whether ``notebook`` has code to run, either for its values or for a grader to see its output."""
        if any(types.type_of(question).from_code for question in self.released.obscured.values()):
            return True
        tasks = {name + WORK_CELL for name, question in self.released.obscured.items() if is_task(question)}
        ours = {grade_id(cell): _source(cell) for cell in self.released.notebook["cells"]}
        return any(grade_id(cell) in tasks and _source(cell) != ours.get(grade_id(cell)) for cell in notebook["cells"])

    def accepts(self, names: Iterable[str]) -> frozenset[str]:
        """Return the questions among ``names`` whose current answers an instructor accepted."""
        known = ((name, self.accepted.get(name)) for name in names)
        return frozenset(
            name for name, acceptance in known if acceptance and acceptance.holds_for(self.answers.get(name))
        )


@dataclass(frozen=True)
class Marking:
    """The scores of a submission by question, in the order of its version, and notes for the instructor.

    ``waits`` contains the questions that await manual review and get no automatic points: questions with values whose
    code is missing, and questions with choices that this version does not offer, if they make up most of the
    submission.
    """

    released: Released
    scores: Mapping[str, Score]
    answers: Mapping[str, Any]
    notes: tuple[str, ...]
    execution: Execution | None
    waits: frozenset[str] = frozenset()


def take(unit: str, code: str) -> HandedIn:
    """Return a trainee's submission to ``unit`` with its release; raise ``KitError`` if it is missing or damaged."""
    path = reader.submitted_folder(unit, code) / course.ANSWERS
    found = read_json(path)
    try:
        answers = {name: entry["answer"] for name, entry in found["answers"].items()}
        made_by = {
            name: entry["cell"] for name, entry in found["answers"].items() if isinstance(entry.get("cell"), str)
        }
        version = str(found["version"])
    except (KeyError, TypeError, AttributeError) as error:
        raise KitError(say("grading.bad_answers"), say("grading.collect_again"), path=path.name) from error
    released = versions.released_for(unit, version, code)
    return HandedIn(unit, code, version, answers, released, made_by, acceptances.in_force(unit, code))


def notebook_of(unit: str, code: str) -> dict[str, Any]:
    """Return a trainee's collected notebook; raise ``KitError`` if it is missing or unreadable."""
    try:
        return read_notebook(gradebook.folder(course.SUBMITTED) / code / unit / f"{unit}.ipynb")
    except KitError as error:
        place, way_out = f"{code}/{unit}.ipynb", say("grading.collect_again")
        raise KitError([replace(problem, path=place, way_out=way_out) for problem in error.problems]) from error


def mark(handed: HandedIn, run: Execution | None, notebook: Mapping[str, Any]) -> Marking:
    """Score a submission with the answer keys of its version.

    If the submitted code was run again, the values from ``run`` are scored instead of the submitted values.
    ``notebook`` is the notebook that was run; it shows whether code that no longer produces a value is still present or
    is missing.
    """
    released = handed.released
    rerun = _compared(handed, run, notebook) if run is not None else _Rerun()
    answers = {name: handed.answers.get(name) for name in released.obscured} | dict(rerun.values)
    scores = _scores(released, answers, rerun)
    foreign = _of_other_form(released, scores)
    odd = _not_offered(scores)
    odd_accepted = handed.accepts(odd)
    notes = []
    if released.version != handed.version:
        notes.append(say("grading.other_version", handed=handed.version, used=released.version))
    notes += rerun.notes
    if foreign:
        notes.append(say("grading.other_form", form=released.form.upper(), ids=listed(foreign)))
    if odd:
        notes.append(say("grading.not_offered", count=len(odd), of=_answered(scores), version=released.version))
    notes += _accepted(handed, rerun.accepted | odd_accepted)
    return Marking(released, scores, answers, tuple(notes), run, rerun.waits | (odd - odd_accepted))


@dataclass(frozen=True)
class _Rerun:
    """The comparison of submitted values with those of the second run; empty if no code was run.

    ``values`` maps question IDs to the values of the second run, or to None for the questions in ``slow``, whose cells
    ran out of time. ``waits`` contains the questions with a submitted value whose code is missing. ``accepted``
    contains questions of that kind whose value an instructor accepted.
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    slow: frozenset[str] = frozenset()
    waits: frozenset[str] = frozenset()
    accepted: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()


def _compared(handed: HandedIn, run: Execution, notebook: Mapping[str, Any]) -> _Rerun:
    """Compare the submitted values with those of the second run, ``run``."""
    code = [question for question in handed.released.obscured.values() if types.type_of(question).from_code]
    slow = frozenset(one.id for one in code if _makers(one, handed, notebook) & set(run.slow))
    in_time = [one for one in code if one.id not in slow]
    without_code = _without_code(in_time, handed, run, notebook)
    accepted = handed.accepts(without_code)
    waits = without_code - accepted
    again = [one for one in in_time if one.id not in without_code]
    notes = [*run.notes()]
    for kind, names in (("too_slow", slow), ("waits", waits)):
        notes += [say(f"grading.{kind}", names=", ".join(sorted(names)))] if names else []
    if by_hand := typed_values.typed(code, notebook["cells"]):
        notes.append(say("grading.typed", names=", ".join(by_hand)))
    notes += _differences(again, handed.answers, run.values)
    values = dict.fromkeys(slow) | {one.id: run.values.get(one.id) for one in again}
    return _Rerun(values, slow, waits, accepted, tuple(notes))


def _scores(released: Released, answers: Mapping[str, Any], rerun: _Rerun) -> dict[str, Score]:
    """Return each question's score, which states only a reason if the question awaits review or ran out of time."""
    day = released.questions.as_of or course.settings().reviewed_on
    scores = {
        name: score(question, None if name in rerun.waits else answers[name], day)
        for name, question in released.obscured.items()
    }
    unscored = dict.fromkeys(rerun.waits, "waits") | dict.fromkeys(rerun.slow, "slow")
    return scores | {name: replace(scores[name], reason=reason) for name, reason in unscored.items()}


def _of_other_form(released: Released, scores: Mapping[str, Score]) -> list[str]:
    """Return the questions whose answers do not fit the trainee's test form, or none if the exercise has no forms."""
    return (
        [name for name, result in scores.items() if result.reason in {"unknown", "malformed"}] if released.form else []
    )


def _answered(scores: Mapping[str, Score]) -> int:
    return sum(result.reason not in {"missing", "manual", "unscored", "waits", "slow"} for result in scores.values())


def _not_offered(scores: Mapping[str, Score]) -> frozenset[str]:
    """Return the questions answered with IDs that this version does not offer, if they are most of the answers.

    Otherwise, return an empty set, because a single such answer is a slip. If most answers are like that, they belong
    to other questions, and a score of 0 would be meaningless.
    """
    odd = frozenset(name for name, result in scores.items() if result.reason == "unknown")
    return odd if len(odd) >= _ODD and 2 * len(odd) > _answered(scores) else frozenset()


def _accepted(handed: HandedIn, names: Iterable[str]) -> list[str]:
    """Return notes on the acceptances for the questions ``names``, one note for each instructor and time."""
    names_by_acceptance: dict[tuple[str, str], list[str]] = {}
    for name in sorted(names):
        names_by_acceptance.setdefault((handed.accepted[name].by, handed.accepted[name].at), []).append(name)
    return [
        say("grading.accepted", by=by, at=format_moment(datetime.fromisoformat(at)), names=", ".join(ids))
        for (by, at), ids in names_by_acceptance.items()
    ]


def machine_fault(handed: HandedIn, notebook: Mapping[str, Any], run: Execution) -> str:
    """Return the name of a cell that failed through no fault of the trainee, or "" if there is no such cell.

    Such a cell is an unchanged released cell that ran before any cell that the trainee wrote or was meant to edit.
    """
    ours = {grade_id(cell) or cell.get("id"): _source(cell) for cell in handed.released.notebook["cells"]}
    for cell in notebook["cells"]:
        if cell["cell_type"] != "code":
            continue
        name = grade_id(cell) or cell.get("id")
        if ours.get(name) != _source(cell) or marks_of(cell).get("solution"):
            return ""
        if name in run.failed:
            return str(name)
    return ""


def _source(cell: Mapping[str, Any]) -> str:
    return source_of(cell).strip()


def _makers(question: Any, handed: HandedIn, notebook: Mapping[str, Any]) -> set[str]:
    return set(submit_cells.of(question.id, notebook["cells"], handed.released.notebook["cells"]))


def _without_code(
    questions: Iterable[Any], handed: HandedIn, run: Execution, notebook: Mapping[str, Any]
) -> frozenset[str]:
    """Return the questions whose submitted value the second run did not produce because its code is missing.

    If the code for one question is missing, or a cell was too long to run, another question's code may fail as a
    consequence; that other question is returned too.
    """
    lost = [question for question in questions if _lost(question, handed.answers.get(question.id), run.values)]
    ours = handed.released.notebook["cells"]
    gone = {one.id for one in lost if submit_cells.gone(one.id, handed.made_by.get(one.id), notebook["cells"], ours)}
    lacking = gone or cell_limits.left_out(notebook["cells"])
    failed = {one.id for one in lost if lacking and _makers(one, handed, notebook) & set(run.failed)}
    return frozenset(gone | failed)


def _lost(question: Any, submitted: Any, rerun: Mapping[str, Mapping[str, Any]]) -> bool:
    """Return whether a well-formed value was submitted for which the second run produced no value."""
    before, after = (values if isinstance(values, Mapping) else {} for values in (submitted, rerun.get(question.id)))
    return any(is_kind(value.kind, before.get(value.id)) and after.get(value.id) is None for value in question.values)


def _differences(
    questions: Iterable[Any], handed: Mapping[str, Any], rerun: Mapping[str, Mapping[str, Any]]
) -> list[str]:
    """Return notes on values that differ in the second run, one note for each kind of difference."""
    found: dict[str, list[str]] = {"value_lost": [], "value_differs": [], "value_new": []}
    for question in questions:
        submitted = handed.get(question.id)
        submitted = submitted if isinstance(submitted, dict) else {}
        for value in question.values:
            before, after = submitted.get(value.id), (rerun.get(question.id) or {}).get(value.id)
            if before == after:
                continue
            if after is None:
                kind = "value_lost"
            elif before is None:
                kind = "value_new"
            elif share_equal(value.kind, after, before, 1e-9, relative=True) < 1:  # also if the types differ
                kind = "value_differs"
            else:
                continue
            found[kind].append(f"{question.id} “{value.id}”")
    return [say(f"grading.{kind}", names=", ".join(names)) for kind, names in found.items() if names]
