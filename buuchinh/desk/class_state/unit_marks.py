"""Read the marks of a class in one unit, again only if a file or a row of that unit has changed.

A page asks every two seconds. Reading the outcomes of 200 people in 15 units takes seconds, comparing the times of
their folders milliseconds: whatever is written about a person in a unit is renamed into one of four folders.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from buuchinh import course
from buuchinh.attempts import reader
from buuchinh.classroom import gradebook
from buuchinh.desk.marking import queue
from buuchinh.errors import KitError
from buuchinh.files import modified_at
from buuchinh.grading import outcomes
from buuchinh.parsed import stamp
from buuchinh.results import feedback_sent, results
from buuchinh.results.results import Standing, Verdict

_TO_LOOK_AT = frozenset({"waits", "unknown"})
"""Reasons of a score that only a person can settle, by accepting the answer or giving points."""
_SUMS = """
    SELECT a.name, s.student_id, SUM(x.auto_score), SUM(x.manual_score), SUM(x.extra_credit), COUNT(x.manual_score),
        COUNT(x.auto_score), SUM(x.manual_score * x.manual_score), SUM(x.needs_manual_grade)
    FROM grade x
    JOIN submitted_notebook n ON n.id = x.notebook_id
    JOIN submitted_assignment s ON s.id = n.assignment_id
    JOIN assignment a ON a.id = s.assignment_id
    GROUP BY a.name, s.student_id
    ORDER BY a.name, s.student_id
"""
_STUDENTS = "SELECT id FROM student ORDER BY id"


@dataclass(frozen=True, slots=True)
class Mark:
    """One person's result in one unit.

    ``waits`` states that answers await marking by hand, for the first time or because they changed, ``looks`` that an
    answer awaits a decision. ``by_hand`` is True if some answers of this person are marked by hand. ``stale`` is True
    if the submission changed after it was graded. ``sent`` is True if feedback was sent since the last grading and its
    points still hold, ``outdated`` if they do not.
    """

    earned: float
    most: float
    verdict: Verdict
    waits: bool
    looks: bool
    by_hand: bool
    graded_at: datetime
    stale: bool = False
    sent: bool = False
    outdated: bool = False


@dataclass(frozen=True)
class UnitMarks:
    """The marks of a class in one unit: results by code, and the codes with a submission or only a late one.

    ``packed`` has the time at which each person's feedback was packed to be sent last.
    """

    submitted: frozenset[str] = frozenset()
    late: Mapping[str, datetime] = field(default_factory=dict)
    marks: Mapping[str, Mark] = field(default_factory=dict)
    packed: Mapping[str, datetime] = field(default_factory=dict)


class ClassMarks:
    """The marks of a class in all its units, remembered between two looks."""

    def __init__(self) -> None:
        """Remember nothing yet."""
        self._units: dict[str, tuple[object, UnitMarks]] = {}
        self._rows: tuple[object, dict[str, tuple[Any, ...]], tuple[str, ...]] = (None, {}, ())

    def people(self) -> tuple[str, ...]:
        """Return the sorted codes of all trainees in the gradebook."""
        return self._gradebook()[1]

    def read(self, units: Iterable[str]) -> dict[str, UnitMarks]:
        """Return the marks of each unit; only a unit of which something changed is read."""
        sums, codes = self._gradebook()
        places = _Places()
        common = (stamp(course.root() / course.SETTINGS), codes)
        found = {}
        for unit in units:
            key = (common, sums.get(unit, ()), places.of_unit(unit), _released(unit))
            before = self._units.get(unit)
            if before is None or before[0] != key:
                before = self._units[unit] = (key, _read(unit, places))
            found[unit] = before[1]
        return found

    def _gradebook(self) -> tuple[dict[str, tuple[Any, ...]], tuple[str, ...]]:
        path = gradebook.file()
        key = tuple(stamp(path.with_name(path.name + end)) for end in ("", "-wal")) if path else object()
        if path is None or self._rows[0] != key:
            sums: dict[str, list[Any]] = {}
            for unit, *rest in gradebook.rows(_SUMS):
                sums.setdefault(unit, []).append(tuple(rest))
            codes = tuple(code for (code,) in gradebook.rows(_STUDENTS))
            self._rows = (key, {unit: tuple(rows) for unit, rows in sums.items()}, codes)
        return self._rows[1], self._rows[2]


class _Places:
    """The times of the folders in which something about people is written, listed once."""

    def __init__(self) -> None:
        self._root = str(course.root())
        self._submitted = str(gradebook.folder(course.SUBMITTED))
        self._outcomes = os.path.join(self._root, course.OUTCOMES)  # noqa: PTH118  # thousands of paths
        self._by_unit: dict[str, list[str]] = {}
        for code in sorted(_names(self._submitted)):
            for unit in _names(f"{self._submitted}{os.sep}{code}"):
                self._by_unit.setdefault(unit, []).append(code)

    def submitted(self, unit: str) -> list[str]:
        """Return the sorted codes of all trainees with a submission of ``unit`` that counts."""
        return self._by_unit.get(unit, [])

    def of_unit(self, unit: str) -> tuple[object, ...]:
        """Return a value that changes if anything about a person's work on ``unit`` is written."""
        each = [
            (
                code,
                modified_at(f"{self._submitted}{os.sep}{code}{os.sep}{unit}"),
                modified_at(f"{self._outcomes}{os.sep}{code}{os.sep}{unit}"),
                modified_at(f"{self._outcomes}{os.sep}{code}"),
            )
            for code in self.submitted(unit)
        ]
        attempts = f"{self._root}{os.sep}{course.ATTEMPTS}{os.sep}{unit}"
        others = sorted(_names(attempts).difference(self.submitted(unit)))
        attempt_times = [
            (code, modified_at(f"{attempts}{os.sep}{code}"), modified_at(f"{self._outcomes}{os.sep}{code}"))
            for code in others
        ]
        return (*each, *attempt_times)


def _read(unit: str, places: _Places) -> UnitMarks:
    codes = places.submitted(unit)
    late = reader.only_late(unit)
    if not codes:
        return UnitMarks(frozenset(), late)
    try:
        standings = results.standings(unit)
    except KitError:  # nobody is graded
        standings = []
    memory = outcomes.Memory(unit) if standings else None
    again = queue.people_who_wait_again(unit)
    marks = {}
    packed = {one.code: at for one in standings if (at := feedback_sent.at(unit, one.code))}
    for one in standings:
        known = memory.outcome(one.code) if memory and one.code in codes else None
        outdated = feedback_sent.is_outdated(one)
        sent = one.code in packed and packed[one.code] >= one.graded_at  # a restored file is newer than what it tells
        mark = _mark(one, again=one.code in again, stale=known is None)
        marks[one.code] = replace(mark, sent=sent and not outdated, outdated=outdated)
    return UnitMarks(frozenset(codes), late, marks, packed)


def _mark(one: Standing, *, again: bool, stale: bool) -> Mark:
    pending = [item for item in one.items if item.earned is None]
    looks = [item for item in pending if item.score.get("reason") in _TO_LOOK_AT]
    return Mark(
        earned=one.earned,
        most=one.most,
        verdict=one.verdict,
        waits=again or len(pending) > len(looks),
        looks=bool(looks),
        by_hand=any(item.manual for item in one.items),
        graded_at=one.graded_at,
        stale=stale,
    )


def _released(unit: str) -> object:
    return modified_at(str(course.source_folder(unit) / course.RELEASES)), modified_at(str(course.source_folder(unit)))


def _names(folder: str) -> set[str]:
    try:
        with os.scandir(folder) as entries:
            return {entry.name for entry in entries if not entry.name.startswith(".") and entry.is_dir()}
    except OSError:
        return set()
