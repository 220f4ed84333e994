"""Record when each trainee's feedback was sent, in ``so-cham/<code>/gui-phan-hoi.json``: the newest time by unit.

Beside each time stands a hash of the result that the feedback showed, by which changed points are found.
"""

from __future__ import annotations

import contextlib
import hashlib
from datetime import datetime

from buuchinh import course
from buuchinh.errors import KitError
from buuchinh.files import read_record, write_json
from buuchinh.results.results import Standing

FILE = "gui-phan-hoi.json"


def at(unit: str, code: str) -> datetime | None:
    """Return when a trainee's feedback on ``unit`` was sent last, or None."""
    with contextlib.suppress(KitError, KeyError, TypeError, ValueError):
        return datetime.fromisoformat(read_record(course.outcome_path(FILE, code))[unit])
    return None


def of_unit(unit: str) -> dict[str, datetime]:
    """Return when each trainee's feedback on ``unit`` was sent last, by code."""
    codes = course.codes_with(FILE)
    return {code: when for code in codes if (when := at(unit, code))}


def keep(standing: Standing, when: datetime) -> None:
    """Record that feedback on a result was sent; raise ``KitError`` if the record is damaged."""
    path, unit = course.outcome_path(FILE, standing.code), standing.unit
    write_json(path, read_record(path) | {unit: when.isoformat(), _result_key(unit): _result(standing)})


def is_outdated(standing: Standing) -> bool:
    """Return whether feedback on a result was sent and its points have changed since."""
    with contextlib.suppress(KitError, KeyError):
        sent = read_record(course.outcome_path(FILE, standing.code))
        return bool(sent[_result_key(standing.unit)] != _result(standing))
    return False


def _result_key(unit: str) -> str:
    return f"{unit}.result"


def _result(standing: Standing) -> str:
    """Return a hash of the points of all questions and of the verdict."""
    points = [(item.id, None if item.earned is None else round(item.earned, 6)) for item in standing.items]
    return hashlib.sha256(repr((points, standing.verdict)).encode()).hexdigest()[:16]
