"""A short test of practice questions, answered in one go and told afterwards: before the course and after it.

Its questions are shown as in an exam, so no answer is told before the end; its keys are the
course's own practice keys. The two tests ask the same ten things with other stories. Which of them stands
before the course and which after it follows from a person's code (``learner/src/work/crossed.js``); how a test
was ended says at which place it stood.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from buuchinh import course
from buuchinh.errors import KitError
from buuchinh.files import read_json, write_json
from buuchinh.messages import say
from buuchinh.questions import question_bank
from buuchinh.questions.answers import Entry, Record
from buuchinh.questions.answers import moment as moment_of
from buuchinh.questions.authored import QuestionFile
from buuchinh.questions.publish import obscure
from buuchinh.questions.scored import Score
from buuchinh.questions.scoring import score

TESTS = ("kt1", "kt2")
"""Forms A and B; question ``kt1-q03`` asks the same thing as ``kt2-q03``. A guest begins with the first."""
PLACES = ("before", "after")
FINISHED = "finished.json"


def available_tests() -> list[str]:
    """Return the tests that the course has, in order."""
    return [unit for unit in TESTS if course.bank_path(unit).is_file()]


def questions(unit: str) -> QuestionFile:
    """Return the questions of a test; ``KitError`` where there is no such test."""
    path = course.bank_path(unit)
    if unit not in TESTS or not path.is_file():
        raise KitError(say("questions.no_such_test", unit=unit))
    return question_bank.load(path)


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


def in_order(ends: Mapping[str, tuple[str, object]]) -> tuple[str | None, str | None]:
    """Return which test a person took before the course, and which after it, None for what was not taken.

    ``ends`` has for each test that was ended its moment and its place. Without a place, as ends were kept once, the
    first test stood before. Where both were taken at the same place, the earlier one came before; what was to come
    before and was told to come later is none.
    """
    by_place: dict[str, list[str]] = {}
    for unit, (_, place) in sorted(ends.items(), key=lambda one: moment(one[1][0])):
        by_place.setdefault(str(place) if place in PLACES else PLACES[TESTS.index(unit)], []).append(unit)
    if len(ends) == len(TESTS) and len(by_place) == 1:
        first, second = next(iter(by_place.values()))
        return first, second
    before, after = (by_place.get(place, [None])[0] for place in PLACES)
    known = all(place in PLACES for _, place in ends.values())
    late = known and before and after and moment(ends[before][0]) > moment(ends[after][0])
    return None if late else before, after


def read_finished(folder: Path) -> dict[str, Any] | None:
    """Return what a trainee's folder of a test holds, None where it is not finished."""
    path = folder / FINISHED
    try:
        return finished(read_json(path)) if path.is_file() else None
    except KitError:
        return None


def ends(file: QuestionFile, record: Record) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    """Return how this version of a test was ended, and how another one was, None for what was not."""
    end = read_finished(record.folder)
    return (end, None) if end is not None and end["version"] == file.version else (None, end)


def answers_since(record: Record, before: Mapping[str, Any] | None) -> dict[str, Entry]:
    """Return what is kept, without what was answered in another version, which was ended as ``before`` says."""
    ended = moment_of({"at": before["finished_at"]}) if before else None
    entries = record.answers()
    return {name: entry for name, entry in entries.items() if not ended or (moment_of(entry) or ended) > ended}


def finish(file: QuestionFile, record: Record, on: date, place: object = None) -> dict[str, Any]:
    """Write down the answers as they are now and return that; the first end counts, so that tests can be compared.

    ``place`` is one of ``PLACES``, where it is known. An end of another version stays beside it, below ``earlier``.
    """
    end, before = ends(file, record)
    if end:
        return end
    answers = {name: entry["answer"] for name, entry in answers_since(record, before).items()}
    scores = assess(file, answers, on)
    end = {
        "format": 1,
        "unit": file.unit,
        "version": file.version,
        "code": record.code,
        "finished_at": datetime.now().astimezone().isoformat(timespec="seconds"),
        "answers": answers,
        "right": sum(score.fraction >= 1 for score in scores.values()),
        "total": len(scores),
    }
    if place in PLACES:
        end["place"] = place
    if before:
        last = {name: value for name, value in before.items() if name != "earlier"}
        end["earlier"] = [last, *before.get("earlier", ())]
    write_json(record.folder / FINISHED, end)
    return end
