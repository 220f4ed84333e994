"""The grader's own book: what became of each hand-in, beside nbgrader's gradebook, one folder a trainee.

``so-cham/<code>/<unit>/`` holds ``outcome.json`` (scores by question, notes, the fingerprint of
what was graded) and ``execution.json`` (what running the code gave). Both can be made again.
An outcome is written after the gradebook: where there is one, the gradebook has it.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from buuchinh import course
from buuchinh.errors import KitError
from buuchinh.files import read_json, write_text
from buuchinh.grading import unchanged

if TYPE_CHECKING:
    from buuchinh.grading.score import Marking

BOOK = unchanged.BOOK
OUTCOME, EXECUTION = "outcome.json", "execution.json"


def folder(unit: str, code: str) -> Path:
    """Return the folder of one trainee's exercise in the book."""
    return course.root() / BOOK / code / unit


def read(unit: str, code: str) -> dict[str, Any] | None:
    """Return what was written when this hand-in was last graded, None where it never was."""
    path = folder(unit, code) / OUTCOME
    if not path.exists():
        return None
    try:
        found = read_json(path)
    except KitError:
        return None
    return found if isinstance(found, dict) and found.get("format") == 1 else None


def write(unit: str, code: str, found: dict[str, Any]) -> None:
    """Keep the outcome of one hand-in, on one line: a thousand of them are written in a run."""
    write_text(folder(unit, code) / OUTCOME, json.dumps(found, ensure_ascii=False, allow_nan=False) + "\n")


def forget(unit: str, code: str) -> None:
    """Drop what the book has of one hand-in, so that it is graded from the start."""
    shutil.rmtree(folder(unit, code), ignore_errors=True)


def entries(unit: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield code and outcome of every graded hand-in, by code."""
    for path in sorted((course.root() / BOOK).glob(f"*/{unit}/{OUTCOME}")):
        code = path.parents[1].name
        found = read(unit, code)
        if found:
            yield code, found


def entry(unit: str, code: str, marking: Marking, given: Mapping[str, float], fingerprint: str) -> dict[str, Any]:
    """Return the outcome of a hand-in as it is kept: no text of a key but for what was chosen.

    ``given`` are the points that the machine put onto the cells, ``fingerprint`` is what they rest on.
    """
    from buuchinh.release.source import by_hand, points

    questions = [
        {
            "id": name,
            "points": points(question),
            "critical": question.critical,
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
        "questions": questions,
    }
