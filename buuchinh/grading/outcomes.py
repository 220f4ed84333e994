"""Store the outcomes of grading in ``so-cham/<code>/<unit>/outcome.json``, and check whether they are still valid.

An outcome contains the scores by question, the notes, the points by cell and a fingerprint. It is written after the
gradebook, so if an outcome exists, the gradebook has its points. The fingerprint covers the submitted files, an
instructor's acceptances of the answers, and the *rules*: all stored releases of the exercise with their keys and
points, the date of the last review, and ``SCORING_VERSION``.

``so-cham/<unit>.json`` caches the sizes and times of submitted files, so a run with nothing to do reads no submission;
without this cache, every submission is read again. ``execution.json``, beside the outcome, caches the result of running
the code.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import time
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from buuchinh import course, disk_cache
from buuchinh.attempts import reader
from buuchinh.classroom import gradebook
from buuchinh.errors import KitError
from buuchinh.files import read_json, write_text
from buuchinh.grading import acceptances, outcome_shape
from buuchinh.parsed import once_a_run
from buuchinh.points import same_points
from buuchinh.questions import scoring_version

if TYPE_CHECKING:
    from buuchinh.grading.score import Marking
    from buuchinh.questions.authored import AuthoredQuestion

OUTCOME, EXECUTION = "outcome.json", "execution.json"
_YOUNG = 2_000_000_000
"""Age in nanoseconds below which a file is too new to trust: it may change again while its time stays the same."""
_TOTALS = """
    SELECT s.student_id, SUM(g.auto_score)
    FROM assignment a
    JOIN submitted_assignment s ON s.assignment_id = a.id
    JOIN submitted_notebook n ON n.assignment_id = s.id
    LEFT JOIN grade g ON g.notebook_id = n.id
    WHERE a.name = :unit
    GROUP BY s.student_id
"""
"""Query for each trainee's sum of automatic points; manually graded cells have 0 or NULL."""


def folder(unit: str, code: str) -> Path:
    """Return the path of the folder that contains the outcome of one trainee's submission."""
    return course.root() / course.OUTCOMES / code / unit


def read(unit: str, code: str) -> dict[str, Any] | None:
    """Return the outcome of the last grading, or None if it does not exist or its file is damaged."""
    try:
        outcome = read_json(folder(unit, code) / OUTCOME)
    except KitError:
        return None
    return outcome if outcome_shape.whole(outcome) else None


def write(unit: str, code: str, outcome: dict[str, Any]) -> None:
    """Write the outcome of one submission on a single line, since one run may write a thousand outcomes."""
    write_text(folder(unit, code) / OUTCOME, json.dumps(outcome, ensure_ascii=False, allow_nan=False) + "\n")


def forget(unit: str, code: str) -> None:
    """Remove a submission's outcome and cached execution, so that the submission is graded from the start."""
    shutil.rmtree(folder(unit, code), ignore_errors=True)


def drop(unit: str, code: str) -> None:
    """Remove the outcome of a submission that could not be graded, since it belongs to an earlier submission."""
    with contextlib.suppress(OSError):
        (folder(unit, code) / OUTCOME).unlink(missing_ok=True)


@once_a_run
def entries(unit: str) -> Mapping[str, dict[str, Any]]:
    """Map the code of every trainee with a graded submission to ``unit`` to its outcome, sorted by code."""
    codes = sorted(path.parents[1].name for path in (course.root() / course.OUTCOMES).glob(f"*/{unit}/{OUTCOME}"))
    return {code: outcome for code in codes if (outcome := read(unit, code))}


def entry(unit: str, code: str, marking: Marking, given: Mapping[str, float], fingerprint: str) -> dict[str, Any]:
    """Return a submission's outcome for storage, with no text from the answer key except that of chosen options.

    ``given`` contains the automatic points by cell.
    """
    from buuchinh.release.source import by_hand, points

    questions = [
        {
            "id": name,
            "points": points(question),
            "critical": question.critical,
            **({"decision": question.decision} if _decided(marking, question) else {}),
            "manual": by_hand(question) or name in marking.waits,
            "objective": question.objective,
            "answer": marking.answers.get(name),
            "score": marking.scores[name].as_json(),
        }
        for name, question in marking.released.obscured.items()
    ]
    run = marking.execution
    about = {"ended": run.ended, "seconds": run.seconds, "isolated": run.isolated, "how": run.how} if run else None
    return {
        "format": 1,
        "unit": unit,
        "code": code,
        "version": marking.released.version,
        "graded_at": datetime.now().astimezone().isoformat(timespec="seconds"),
        "fingerprint": fingerprint,
        "given": dict(given),
        "notes": list(marking.notes),
        "execution": about,
        "waits": sorted(marking.waits),
        "questions": questions,
    }


def _decided(marking: Marking, question: AuthoredQuestion) -> bool:
    """Return whether one right answer suffices for all questions about the same decision, as in drawn exams.

    A drawn exam consists of randomly chosen questions.
    """
    return bool(marking.released.drawn and question.critical and question.decision)


def summary(outcome: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parts of an outcome that a grading run reports.

    These are ``points``, their maximum ``most``, whether any question is graded manually (``manual``), the questions
    that await review (``waits``), those among them that were answered with unknown IDs (``foreign``), the sum of
    automatic points (``given``), and ``notes``.
    """
    questions = outcome["questions"]
    return {
        "points": sum(question["points"] * question["score"]["fraction"] for question in questions),
        "most": sum(question["points"] for question in questions),
        "manual": any(question["manual"] for question in questions),
        "waits": _waits(outcome),
        "foreign": foreign(outcome),
        "given": sum(outcome.get("given", {}).values()),
        "notes": list(outcome.get("notes", ())),
    }


def waiting(outcome: Mapping[str, Any]) -> list[str]:
    """Return the questions with submitted values whose code is missing; an instructor can accept these values.

    They are the questions awaiting review, except those that ``foreign`` returns.
    """
    return [name for name in _waits(outcome) if name not in foreign(outcome)]


def foreign(outcome: Mapping[str, Any]) -> list[str]:
    """Return the questions awaiting review that were answered with IDs that their form or version does not offer."""
    waits = _waits(outcome)
    return [
        question["id"]
        for question in outcome["questions"]
        if question["id"] in waits and question["score"]["reason"] == "unknown"
    ]


def holds(unit: str, code: str, outcome: Mapping[str, Any]) -> bool:
    """Return whether an outcome belongs to the current submission and the current answer keys."""
    return bool(outcome["fingerprint"] == fingerprint(unit, code, rules(unit)))


def _waits(outcome: Mapping[str, Any]) -> list[str]:
    """Return the questions awaiting review; an older outcome without a ``waits`` list states them in its scores."""
    listed = outcome.get("waits")
    if isinstance(listed, list):
        return [str(name) for name in listed]
    return [question["id"] for question in outcome["questions"] if question["score"].get("reason") == "waits"]


def rules(unit: str) -> str:
    """Return a hash of the inputs common to all outcomes of a unit: releases, review date and scoring version."""
    digest = hashlib.sha256(f"{scoring_version.SCORING_VERSION} {course.settings().reviewed_on.isoformat()}\n".encode())
    releases = course.source_folder(unit) / course.RELEASES
    for path in sorted(releases.glob("*/**/*")):  # files beside versions (pass mark) do not affect points
        if path.is_file() and path.suffix != ".json":  # JSON is generated from the YAML beside it
            digest.update(f"{path.relative_to(releases).as_posix()}\n".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def fingerprint(unit: str, code: str, rules: str) -> str:
    """Return a hash of the inputs of one outcome: the submitted files, ``rules`` and the acceptances."""
    digest = hashlib.sha256(rules.encode())
    top = reader.submitted_folder(unit, code)
    for path in sorted(path for path in top.rglob("*") if path.is_file()):
        data = path.read_bytes()
        digest.update(f"{path.relative_to(top).as_posix()}:{len(data)}\n".encode())
        digest.update(data)
    accepted = acceptances.place(unit, code)
    if accepted.exists():
        digest.update(b"accepted" + accepted.read_bytes())
    return digest.hexdigest()


class Memory:
    """Cache of the sizes and times that each submission's files had when the submission was last graded."""

    def __init__(self, unit: str) -> None:
        self._unit = unit
        self._submitted = gradebook.folder(course.SUBMITTED)
        self._autograded = gradebook.folder(course.AUTOGRADED)
        self._path = course.root() / course.OUTCOMES / f"{unit}.json"
        self.rules = rules(unit)
        looks = disk_cache.read(self._path, self.rules)
        self._looks: dict[str, Any] = looks if isinstance(looks, dict) else {}
        self._totals = {code: float(total or 0.0) for code, total in gradebook.rows(_TOTALS, unit=unit)}

    def outcome(self, code: str) -> dict[str, Any] | None:
        """Return the summary of a submission's outcome, or None if the submission needs grading."""
        outcome = read(self._unit, code)
        if not outcome:
            return None
        now = self.look(code)
        before = self._looks.get(code, {})
        same_look = before.get("sure") and before.get("seen") == now["seen"]
        content = before.get("fingerprint") if same_look else fingerprint(self._unit, code, self.rules)
        if content != outcome.get("fingerprint"):
            return None
        known = summary(outcome)
        if not self._stored(code, known["given"]):
            return None
        self.remember(code, now, outcome["fingerprint"])
        return known

    def remember(self, code: str, look: Mapping[str, Any], fingerprint: str) -> None:
        """Record the state that a submission's files had before grading, and the resulting outcome's fingerprint."""
        self._looks[code] = {**look, "fingerprint": fingerprint}

    def look(self, code: str) -> dict[str, Any]:
        """Return the state of a submission's files, and whether it can be trusted.

        ``seen`` lists the files' sizes and times, and ``sure`` is True if the files are old enough for these to be
        trusted.
        """
        seen, youngest = _look(f"{self._submitted}{os.sep}{code}{os.sep}{self._unit}")
        with contextlib.suppress(FileNotFoundError):
            state = acceptances.place(self._unit, code).stat()
            seen.append(["accepted", state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino])
            youngest = max(youngest, state.st_mtime_ns, state.st_ctime_ns if os.name == "posix" else 0)
        return {"seen": seen, "sure": youngest + _YOUNG < time.time_ns()}

    def save(self, codes: Iterable[str]) -> None:
        """Write the recorded states for ``codes``; ignore disk errors, since this is only a cache."""
        looks = {code: self._looks[code] for code in codes if code in self._looks}
        with contextlib.suppress(OSError):
            disk_cache.write(self._path, self.rules, looks)

    def _stored(self, code: str, given: float) -> bool:
        """Return whether nbgrader still has the points ``given`` and the notebook that it displays."""
        path = os.path.join(self._autograded, code, self._unit, f"{self._unit}.ipynb")  # noqa: PTH118
        same = code in self._totals and same_points(self._totals[code], given)
        return same and os.path.isfile(path)  # noqa: PTH113


def _look(folder: str) -> tuple[list[list[Any]], int]:
    """Return the name, size, times and inode of every file below ``folder``, and the latest time in nanoseconds.

    Paths are strings here, since a thousand submissions would need a hundred thousand ``Path`` objects.
    """
    seen: list[list[Any]] = []
    youngest = 0
    for top, folders, files in os.walk(folder):
        folders.sort()
        for name in sorted(files):
            path = f"{top}{os.sep}{name}"
            state = os.stat(path)  # noqa: PTH116
            seen.append([path[len(folder) :], state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino])
            youngest = max(youngest, state.st_mtime_ns, state.st_ctime_ns if os.name == "posix" else 0)
    return seen, youngest
