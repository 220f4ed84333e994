"""Record how each report was made, in ``so-cham/bao-cao.json``: with names or not, and from which points.

The points are recorded as a hash, by which points that changed since are found; the record is about nobody.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from buuchinh import course
from buuchinh.errors import KitError
from buuchinh.files import read_record, write_json
from buuchinh.results.results import Standing, graded

FILE = "bao-cao.json"


@dataclass(frozen=True)
class ReportRecord:
    """A record of how a report was made; ``names`` is None if it is unknown, as for reports of earlier versions."""

    names: bool | None = None
    points: str = ""


def of(report: str) -> ReportRecord:
    """Return the record of the report that the command names so: a unit, ``course`` or ``kt``."""
    with suppress(KitError, KeyError, TypeError, AttributeError):
        one = _records()[report]
        return ReportRecord(bool(one["names"]), str(one["points"]))
    return ReportRecord()


def keep(report: str, units: Iterable[str], *, names: bool) -> None:
    """Record that a report was just made from the points of ``units``."""
    records: Mapping[str, Any] = {}
    with suppress(KitError):  # a damaged record is replaced
        records = _records()
    write_json(course.outcome_path(FILE), {**records, report: {"names": names, "points": points(units)}})


def points(units: Iterable[str]) -> str:
    """Return a hash of all points and verdicts of the class in ``units``."""
    found = [(unit, one.code, *_result(one)) for unit in sorted(set(units)) for one in graded(unit)]
    return hashlib.sha256(repr(found).encode()).hexdigest()[:16]


def _result(one: Standing) -> tuple[Any, ...]:
    earned = tuple((item.id, None if item.earned is None else round(item.earned, 6)) for item in one.items)
    return one.verdict, earned


def _records() -> dict[str, Any]:
    return read_record(course.outcome_path(FILE))
