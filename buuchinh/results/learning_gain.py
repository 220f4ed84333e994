"""Measure and report a class's learning gain between the short tests taken before and after the course.

Half of the trainees begin with one test, half with the other (``crossed_gain`` explains the design). The gain is
reported overall and by objective, with the number of trainees behind it. The average normalised gain (Hake 1998) is
(mean after − mean before) / (100 − mean before). All figures describe the class: an order of tests taken by fewer than
five people is not reported, since the figures would reveal individual answers.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

from buuchinh import course, datasets
from buuchinh.attempts import reader
from buuchinh.classroom.turn import turn
from buuchinh.errors import KitError
from buuchinh.files import write_bytes
from buuchinh.intake import find_submissions
from buuchinh.intake.worker_pool import GivenUp, ReaderCall, Readers
from buuchinh.messages import say
from buuchinh.parsed import once
from buuchinh.questions.authored import QuestionFile
from buuchinh.questions.practice import assessment
from buuchinh.results import crossed_gain, item_statistics, report_parts
from buuchinh.results.crossed_gain import Estimate
from buuchinh.results.exported_results import Ended
from buuchinh.spreadsheet import Cell, Look, Sheet, as_csv, as_workbook
from buuchinh.text import format_number

_LOOK = Look(freeze="A2", points=True)
UNIT = "kt"
"""Name by which the command ``buuchinh report`` selects this report."""
WORKBOOK = "tien-bo.xlsx"


@dataclass(frozen=True)
class Compared:
    """Shares of right answers (0 to 1) before and after the course, averaged over the reported orders, and the gain."""

    before: float
    after: float
    gain: Estimate


@dataclass(frozen=True)
class Gain:
    """A class's learning gain.

    ``orders`` maps each test to the number of people who took it first and finished both tests. ``only_before`` and
    ``only_after`` count the people with only one test. Orders with fewer than ``item_statistics.LEAST`` people are not
    reported; if both orders are that small, ``whole`` and ``gain`` are None and ``objectives`` is empty. ``gain`` is
    the normalised gain, which is also None if all answers were right before the course. ``easier`` is the advantage of
    the second test, or None unless both orders are reported.
    """

    orders: Mapping[str, int]
    only_before: int
    only_after: int
    whole: Compared | None
    gain: float | None
    easier: Estimate | None
    objectives: Mapping[str, Compared]

    @property
    def pairs(self) -> int:
        """Number of people behind the reported figures or, if no figures are reported, of people with both tests."""
        reported = sum(count for count in self.orders.values() if count >= item_statistics.LEAST)
        return reported or sum(self.orders.values())


Pair = tuple[Mapping[str, float], Mapping[str, float]]
"""One person's shares of right answers (0 to 1) by objective, as (before the course, after the course)."""


def measured() -> Gain:
    """Return the class's gain between the two tests, using each trainee's first completion in all submissions."""
    completions = {unit: taken(unit) for unit in assessment.TESTS}
    files = {unit: assessment.questions(unit) for unit in assessment.TESTS}
    orders: dict[str, list[Pair]] = {unit: [] for unit in assessment.TESTS}
    alone = [0, 0]
    for code in sorted(set().union(*completions.values())):
        own = {unit: those[code] for unit, those in completions.items() if code in those}
        before, after = assessment.in_order({unit: (one.at, one.place) for unit, one in own.items()})
        if before and after:
            first, then = (_by_objective(files[unit], own[unit].right) for unit in (before, after))
            orders[before].append((first, then))
        else:
            alone[0 if before else 1] += 1
    reported = [those for those in orders.values() if len(those) >= item_statistics.LEAST]
    names = list(dict.fromkeys(name for those in reported for low, _ in those for name in low))
    whole = _compared(reported, names) if reported else None
    return Gain(
        orders={unit: len(those) for unit, those in orders.items()},
        only_before=alone[0],
        only_after=alone[1],
        whole=whole,
        gain=None if whole is None or whole.before >= 1 else (whole.after - whole.before) / (1 - whole.before),
        easier=crossed_gain.easier(_differences(reported, names)) if len(reported) == len(orders) else None,
        objectives={name: _compared(reported, [name]) for name in names},
    )


def _compared(orders: Sequence[Sequence[Pair]], names: Sequence[str]) -> Compared:
    before, after = (fmean(fmean(_share(pair[at], names) for pair in those) for those in orders) for at in range(2))
    return Compared(before, after, crossed_gain.gain(_differences(orders, names)))


def _differences(orders: Sequence[Sequence[Pair]], names: Sequence[str]) -> list[list[float]]:
    return [[_share(after, names) - _share(before, names) for before, after in those] for those in orders]


def _share(right: Mapping[str, float], names: Sequence[str]) -> float:
    return fmean(right[name] for name in names)


@turn()
def write() -> list[Path]:
    """Write the report on the learning gain and return the paths of its files.

    Raise ``KitError`` if no submission contains a finished test.
    """
    gain = measured()
    if not any(gain.orders.values()) and not gain.only_before and not gain.only_after:
        raise KitError(say("results.report.gain.none"), say("results.report.gain.none_way_out"))
    sheets = [_class(gain), _objectives(gain)]
    paths = [report_parts.folder(UNIT) / f"{sheet.name}.csv" for sheet in sheets]
    for path, sheet in zip(paths, sheets, strict=True):
        write_bytes(path, as_csv(sheet.rows))
    workbook = report_parts.folder(UNIT) / WORKBOOK
    write_bytes(workbook, as_workbook(sheets))
    return [*paths, workbook]


def _class(result: Gain) -> Sheet:
    whole = result.whole
    shares = (whole.before, whole.after, whole.gain.value) if whole else (None, None, None)
    figures: list[tuple[str, Cell]] = [
        ("pairs", _count(result.pairs)),
        *((f"began_{unit}", _count(count)) for unit, count in result.orders.items()),
        ("only_before", _count(result.only_before)),
        ("only_after", _count(result.only_after)),
        *zip(("before", "after", "difference"), map(_percent, shares), strict=True),
        ("interval", _interval(whole.gain if whole else None)),
        ("gain", None if result.gain is None else round(result.gain, 2)),
        ("easier", _percent(result.easier.value if result.easier else None)),
        ("easier_interval", _interval(result.easier)),
    ]
    kind = say("statistics.kind.derived")
    rows: list[list[Cell]] = [[say(f"results.report.gain.{name}") for name in ("what", "value", "kind")]]
    rows += [[say(f"results.report.gain.{name}"), value, kind] for name, value in figures]
    rows.append([say("results.report.gain.reading"), _reading(result), None])
    rows.append([say("results.report.gain.method"), say("results.report.gain.formula"), None])
    return Sheet("tien-bo", say("results.report.gain.title"), rows, _LOOK)


def _objectives(result: Gain) -> Sheet:
    heads = ("objective", "before", "after", "difference", "interval", "kind")
    titles = {row["id"]: row["title"] for row in datasets.read("questions/objectives").rows}
    kind = say("statistics.kind.derived")
    rows: list[list[Cell]] = [[say(f"results.report.gain.{name}") for name in heads]]
    for name, one in result.objectives.items():
        shares = [_percent(share) for share in (one.before, one.after, one.gain.value)]
        rows.append([f"{name}: {titles[name]}" if name in titles else name, *shares, _interval(one.gain), kind])
    return Sheet("theo-cau", say("results.report.gain.by_objective"), rows, _LOOK)


def _reading(result: Gain) -> str:
    if not any(result.orders.values()):
        return say("results.report.gain.no_pairs")
    if result.whole is None:
        return say("results.report.gain.too_few")
    if result.gain is None:
        return say("results.report.gain.all_right_before")
    how_many = "few" if result.pairs < item_statistics.ENOUGH else "enough"
    sentence = say(f"results.report.gain.{how_many}", n=result.pairs)
    return sentence if result.easier else f"{sentence} {say('results.report.gain.one_order')}"


def _count(people: int) -> Cell:
    return say("results.report.gain.below_five") if 0 < people < item_statistics.LEAST else people


def _percent(share: float | None) -> Cell:
    return None if share is None else round(100 * share, 1)


def _interval(estimate: Estimate | None) -> Cell:
    if estimate is None:
        return None
    if estimate.interval is None:
        return say("results.report.gain.no_interval")
    low, high = (format_number(100 * end, 1) for end in estimate.interval)
    return say("results.report.gain.from_to", low=low, high=high)


def taken(unit: str) -> dict[str, Ended]:
    """Map each trainee's code to the first completion of the test ``unit``; only the current version counts."""
    file = assessment.questions(unit)
    first: dict[str, dict[str, Any]] = {}
    for code, found in once(_finished):
        if found["unit"] == unit and found["version"] == file.version:
            first[code] = min(first.get(code, found), found, key=lambda one: assessment.moment(one["finished_at"]))
    day = course.settings().reviewed_on
    return {
        code: Ended(
            found["finished_at"][:40],
            file.version,
            {name: one.fraction >= 1 for name, one in assessment.assess(file, found["answers"], day).items()},
            place if (place := found.get("place")) in assessment.PLACES else None,
        )
        for code, found in first.items()
    }


def _by_objective(file: QuestionFile, right: Mapping[str, bool]) -> dict[str, float]:
    """Map each objective to the share of right answers; a question without an objective counts as its own objective."""
    found: dict[str, list[float]] = {}
    for question in file.questions:
        name = question.objective or question.id.rpartition("-")[2]
        found.setdefault(name, []).append(float(right[question.id]))
    return {name: fmean(those) for name, those in found.items()}


def _finished() -> list[tuple[str, dict[str, Any]]]:
    """Return (code, finished test) pairs from the collected submissions to all units, skipping unreadable ones.

    A trainee's submissions are one call. If a reader stops, it is run again, so a test may be returned twice.
    """
    submissions: dict[str, list[Path]] = {}
    for exercise in course.released_units():
        for code in reader.trainees(exercise):
            for attempt in reader.attempts(exercise, code):
                paths = sorted(attempt.folder.glob("*.zip")) or [attempt.folder]
                submissions.setdefault(code, []).extend(paths)
    codes = list(submissions)
    with Readers() as readers:
        read = readers.run([ReaderCall(tests_in, tuple(paths)) for paths in submissions.values()])
        return [(codes[number], found) for number, found in read if not isinstance(found, GivenUp)]


def tests_in(*paths: Path) -> Iterator[dict[str, Any]]:
    """Yield the finished short tests in the submissions at ``paths``; runs in a separate reader process."""
    for path in paths:
        yield from filter(None, map(_parsed, find_submissions.read_kind(path, "short_test")))


def _parsed(data: bytes) -> dict[str, Any] | None:
    try:
        return assessment.finished(json.loads(data or b"null"))
    except (ValueError, RecursionError):
        return None
