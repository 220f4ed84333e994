"""Run short tests of practice questions before and after the course, with feedback at the end.

Questions are displayed as in an exam, without feedback before the end; their keys are the course's own practice keys.
The two tests ask the same ten things in different stories. A person's code decides which test comes before the course
and which one after it (``learner/src/work/crossed.js``). The file of a finished test records that place.
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
"""The two tests, A and B; ``kt1-q03`` asks the same thing as ``kt2-q03``. A guest, who has no code, begins with A."""
PLACES = ("before", "after")
FINISHED = "finished.json"


def available_tests() -> list[str]:
    """Return the ids of the tests that the course has, in order."""
    return [unit for unit in TESTS if course.bank_path(unit).is_file()]


def questions(unit: str) -> QuestionFile:
    """Return the questions of a test; raise ``KitError`` if the course has no test with this id."""
    path = course.bank_path(unit)
    if unit not in TESTS or not path.is_file():
        raise KitError(say("questions.no_such_test", unit=unit))
    return question_bank.load(path)


def assess(file: QuestionFile, answers: Mapping[str, Any], on: date) -> dict[str, Score]:
    """Return the score of each question by its id; ``answers`` use the opaque option ids that were displayed."""
    return {
        question.id: score(obscure(question, file.seed), answers.get(question.id), on) for question in file.questions
    }


def finished(data: Any) -> dict[str, Any] | None:
    """Return ``data`` as the record of a finished test, or None if it does not have the structure of such a record."""
    match data:
        case {"format": 1, "unit": str(unit), "version": str(), "finished_at": str(), "answers": dict()}:
            return dict(data) if unit in TESTS else None
        case _:
            return None


def moment(finished_at: str) -> datetime:
    """Parse the end of a test as a time in UTC; an invalid time becomes the latest possible one, so it sorts last."""
    try:
        return datetime.fromisoformat(finished_at).astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        return datetime.max.replace(tzinfo=UTC)


def in_order(ends: Mapping[str, tuple[str, object]]) -> tuple[str | None, str | None]:
    """Return the tests that a person took before and after the course, as a pair; either is None if it was not taken.

    ``ends`` maps each finished test to its time and place ("before" or "after"). If the place is missing, as in early
    files, the first of ``TESTS`` counts as taken before the course. If both tests have the same place, the earlier one
    counts as taken before. A test with the place "before" that ended later than the other test does not count.
    """
    by_place: dict[str, list[str]] = {}
    for unit, (_, place) in sorted(ends.items(), key=lambda end: moment(end[1][0])):
        by_place.setdefault(str(place) if place in PLACES else PLACES[TESTS.index(unit)], []).append(unit)
    if len(ends) == len(TESTS) and len(by_place) == 1:
        first, second = next(iter(by_place.values()))
        return first, second
    before, after = (by_place.get(place, [None])[0] for place in PLACES)
    known = all(place in PLACES for _, place in ends.values())
    late = known and before and after and moment(ends[before][0]) > moment(ends[after][0])
    return None if late else before, after


def read_finished(folder: Path) -> dict[str, Any] | None:
    """Return the record of a finished test from a trainee's folder, or None if it is missing or damaged."""
    path = folder / FINISHED
    try:
        return finished(read_json(path)) if path.is_file() else None
    except KitError:
        return None


def ends(file: QuestionFile, record: Record) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    """Return the finished test's record for this version of the test, and the one for an earlier version, as a pair.

    At most one of the two exists; the other is None.
    """
    end = read_finished(record.folder)
    return (end, None) if end is not None and end["version"] == file.version else (None, end)


def answers_since(record: Record, before: Mapping[str, Any] | None) -> dict[str, Entry]:
    """Return the stored answers, except those given to an earlier version of the test.

    ``before`` is the record of the earlier version, or None.
    """
    ended = moment_of({"at": before["finished_at"]}) if before else None
    entries = record.answers()
    return {name: entry for name, entry in entries.items() if not ended or (moment_of(entry) or ended) > ended}


def finish(file: QuestionFile, record: Record, on: date, place: object = None) -> dict[str, Any]:
    """Write and return the record of a finished test; a later call changes nothing, so results stay comparable.

    ``place`` is one of ``PLACES``, or None if it is not known. The record of an earlier version is kept under
    ``earlier``.
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
