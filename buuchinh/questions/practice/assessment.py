"""A short test of practice questions, answered in one go and told afterwards: before the course and after it.

Its questions are shown as in an exam, so no answer is told before the end; its keys are the
course's own practice keys. The two tests ask the same ten things with other stories.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from buuchinh import course
from buuchinh.errors import KitError
from buuchinh.files import read_json
from buuchinh.messages import say
from buuchinh.questions import bank
from buuchinh.questions.authored import QuestionFile
from buuchinh.questions.publish import obscure
from buuchinh.questions.scored import Score
from buuchinh.questions.scoring import score

TESTS = ("kt1", "kt2")
"""Before and after; question ``kt1-q03`` asks the same thing as ``kt2-q03``."""
FINISHED = "finished.json"


def written() -> list[str]:
    """Return the tests that the course has, in order."""
    return [unit for unit in TESTS if course.bank_path(unit).is_file()]


def questions(unit: str) -> QuestionFile:
    """Return the questions of a test; ``KitError`` where there is no such test."""
    path = course.bank_path(unit)
    if unit not in TESTS or not path.is_file():
        raise KitError(say("questions.no_such_test", unit=unit))
    return bank.load(path)


def assess(file: QuestionFile, answers: Mapping[str, Any], on: date) -> dict[str, Score]:
    """Score the answers to a test, given by the opaque ids under which its questions are shown."""
    return {
        question.id: score(obscure(question, file.seed), answers.get(question.id), on) for question in file.questions
    }


def finished(data: Any) -> dict[str, Any] | None:
    """Return what was written when a test was finished, None where it is damaged or of another shape."""
    match data:
        case {"format": 1, "unit": str(unit), "version": str(), "finished_at": str(), "answers": dict()}:
            return dict(data) if unit in TESTS else None
        case _:
            return None


def moment(finished_at: str) -> datetime:
    """Return when a test was finished, to be compared over time zones; what is no moment comes last."""
    try:
        return datetime.fromisoformat(finished_at).astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        return datetime.max.replace(tzinfo=UTC)


def read_finished(folder: Path) -> dict[str, Any] | None:
    """Return what a trainee's folder of a test holds, None where it is not finished."""
    path = folder / FINISHED
    try:
        return finished(read_json(path)) if path.is_file() else None
    except KitError:
        return None
