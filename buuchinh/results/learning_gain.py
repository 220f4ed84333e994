"""Computes the normalised gain of a class between the two short tests, with the number of trainees behind it.

Average normalised gain (Hake 1998): (mean after − mean before) / (100 − mean before), over those
who finished both tests. It speaks of the class: of fewer than five nothing is told, since that would be their answers.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

from buuchinh import course
from buuchinh.classroom import attempts
from buuchinh.classroom.turn import turn
from buuchinh.errors import KitError, Problem
from buuchinh.files import write_bytes
from buuchinh.intake import walk
from buuchinh.intake.apart import Call, GivenUp, Readers
from buuchinh.intake.submission import Submission
from buuchinh.messages import say
from buuchinh.questions.practice import assessment
from buuchinh.results import item_statistics, report
from buuchinh.spreadsheet import Cell, Look, Sheet, as_csv, as_workbook

_LOOK = Look(freeze="A2", points=True)
UNIT = "kt"
"""What `buuchinh report` is asked for to get this report."""


@dataclass(frozen=True)
class Gain:
    """The class before and after: ``pairs`` are people with both, shares are 0 to 1.

    Where there are fewer than ``LEAST`` pairs, shares are None and ``questions`` is empty. ``gain`` is None also where
    all was right before and nothing is left to gain.
    """

    pairs: int
    only_before: int
    only_after: int
    before: float | None
    after: float | None
    gain: float | None
    questions: Mapping[str, tuple[float, float]]


def measured() -> Gain:
    """Read both tests from all hand-ins that were taken, and compare; the first end of each test counts."""
    before, after = (_rights(unit) for unit in assessment.TESTS)
    pairs = sorted(before.keys() & after.keys())
    enough = len(pairs) >= item_statistics.LEAST
    numbers = [name.rpartition("-")[2] for name in next(iter(before.values()), {})]
    means = [fmean(fmean(found[code].values()) for code in pairs) for found in (before, after)] if enough else []
    low, high = means or (None, None)
    return Gain(
        pairs=len(pairs),
        only_before=len(before.keys() - after.keys()),
        only_after=len(after.keys() - before.keys()),
        before=low,
        after=high,
        gain=None if low is None or high is None or low >= 1 else (high - low) / (1 - low),
        questions={
            number: (
                fmean(before[code][f"{assessment.TESTS[0]}-{number}"] for code in pairs),
                fmean(after[code][f"{assessment.TESTS[1]}-{number}"] for code in pairs),
            )
            for number in numbers
            if enough
        },
    )


@turn()
def write() -> list[Path]:
    """Write the report of both tests and return its files; ``KitError`` where no hand-in carries one."""
    found = measured()
    if not found.pairs and not found.only_before and not found.only_after:
        raise KitError([Problem("", 0, say("results.report.gain.none"), say("results.report.gain.none_way_out"))])
    sheets = [_class(found), _questions(found)]
    paths = [report.folder(UNIT) / f"{sheet.name}.csv" for sheet in sheets]
    for path, sheet in zip(paths, sheets, strict=True):
        write_bytes(path, as_csv(sheet.rows))
    workbook = report.folder(UNIT) / "tien-bo.xlsx"
    write_bytes(workbook, as_workbook(sheets))
    return [*paths, workbook]


def _class(found: Gain) -> Sheet:
    rows: list[list[Cell]] = [
        [say("results.report.gain.what"), say("results.report.gain.value")],
        [say("results.report.gain.pairs"), _count(found.pairs)],
        [say("results.report.gain.only_before"), _count(found.only_before)],
        [say("results.report.gain.only_after"), _count(found.only_after)],
        [say("results.report.gain.before"), _percent(found.before)],
        [say("results.report.gain.after"), _percent(found.after)],
        [say("results.report.gain.gain"), None if found.gain is None else round(found.gain, 2)],
        [say("results.report.gain.reading"), _reading(found)],
    ]
    return Sheet("tien-bo", say("results.report.gain.title"), rows, _LOOK)


def _questions(found: Gain) -> Sheet:
    head: list[Cell] = [say(f"results.report.gain.{name}") for name in ("pair", "objective", "before", "after")]
    objectives = {
        question.id.rpartition("-")[2]: question.objective
        for question in assessment.questions(assessment.TESTS[0]).questions
    }
    rows: list[list[Cell]] = [
        [number, objectives.get(number) or "", _percent(low), _percent(high)]
        for number, (low, high) in sorted(found.questions.items())
    ]
    return Sheet("theo-cau", say("results.report.gain.by_question"), [head, *rows], _LOOK)


def _reading(found: Gain) -> str:
    if not found.pairs:
        return say("results.report.gain.no_pairs")
    if found.pairs < item_statistics.LEAST:
        return say("results.report.gain.too_few")
    if found.gain is None:
        return say("results.report.gain.all_right_before")
    return say(
        "results.report.gain.few" if found.pairs < item_statistics.ENOUGH else "results.report.gain.enough",
        n=found.pairs,
    )


def _count(people: int) -> Cell:
    return say("results.report.gain.below_five") if 0 < people < item_statistics.LEAST else people


def _percent(share: float | None) -> Cell:
    return None if share is None else round(100 * share, 1)


def _rights(unit: str) -> dict[str, dict[str, float]]:
    """Return 0 or 1 for each question of a test, by code; a test of another version is left out."""
    file = assessment.questions(unit)
    first: dict[str, dict[str, Any]] = {}
    for code, found in _finished(unit):
        if found["version"] == file.version:
            first[code] = min(first.get(code, found), found, key=lambda one: assessment.moment(one["finished_at"]))
    day = course.settings().reviewed_on
    return {
        code: {name: float(one.fraction >= 1) for name, one in assessment.assess(file, found["answers"], day).items()}
        for code, found in first.items()
    }


def _finished(unit: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield code and finished test from every hand-in that was taken, whatever exercise it carried.

    What cannot be read counts as a hand-in without a test.
    """
    kept = [
        (code, path)
        for exercise in course.released_units()
        for code in attempts.trainees(exercise)
        for attempt in attempts.attempts(exercise, code)
        for path in sorted(attempt.folder.glob("*.zip")) or [attempt.folder]
    ]
    with Readers() as readers:
        for number, found in readers.run([Call(tests_in, (path, unit)) for _, path in kept]):
            if not isinstance(found, GivenUp):
                yield kept[number][0], found


def tests_in(path: Path, unit: str) -> Iterator[dict[str, Any]]:
    """Yield the finished tests in one hand-in: what the readers run."""
    for arrival, _ in walk.walk(path):
        found = _parsed(arrival.files.get(f"{unit}.json", b"")) if isinstance(arrival, Submission) else None
        if found and found["unit"] == unit:
            yield found


def _parsed(data: bytes) -> dict[str, Any] | None:
    try:
        return assessment.finished(json.loads(data or b"null"))
    except (ValueError, RecursionError):
        return None
