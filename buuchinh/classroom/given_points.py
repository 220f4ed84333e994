"""Record the times at which points are given manually, since nbgrader's tables do not store these times.

``so-cham/<code>/cho-diem_<unit>.json`` contains points and a time for each question. Only the gradebook determines a
trainee's points: a recorded time is valid only while the gradebook still has the points that were given then.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from buuchinh import course
from buuchinh.errors import KitError
from buuchinh.files import read_record, write_json
from buuchinh.points import same_points


def watch() -> None:
    """Start recording points that are given in this process through nbgrader (formgrader or ``gradebook.opened``)."""
    from sqlalchemy import event
    from sqlalchemy.orm import Session

    if not event.contains(Session, "before_flush", _noted):
        event.listen(Session, "before_flush", _noted)


def place(unit: str, code: str) -> Path:
    """Return the path of the file that records when a trainee's points in ``unit`` were given manually."""
    return course.root() / course.OUTCOMES / code / f"cho-diem_{unit}.json"


def last(unit: str, code: str, points: Mapping[str, float | None]) -> datetime | None:
    """Return the latest time at which still valid points were given manually, or None if no such time is recorded.

    ``points`` maps question ids to the trainee's current points in the gradebook.
    """
    hours = []
    for name, given in _read(unit, code).items():
        with suppress(KeyError, TypeError, ValueError):
            now = points.get(name)
            if now is not None and same_points(now, given["points"]):
                hours.append(datetime.fromisoformat(given["at"]).astimezone())
    return max(hours, default=None)


def note(unit: str, code: str, question: str, points: float | None) -> None:
    """Record that a person gave ``points`` for a question just now; None means that the points were taken back."""
    given = {"points": points, "at": datetime.now().astimezone().isoformat(timespec="seconds")}
    write_json(place(unit, code), {"format": 1, "questions": _read(unit, code) | {question: given}})


def _noted(session: Any, *_: object) -> None:
    """Record manually given points that SQLAlchemy is about to store; an error here never prevents storing them."""
    from sqlalchemy import inspect

    for grade in session.dirty:
        with suppress(Exception):
            fields = inspect(grade).attrs if type(grade).__name__ == "Grade" else {}
            if any(fields[name].history.has_changes() for name in ("manual_score", "extra_credit") if name in fields):
                note(grade.assignment.name, grade.student.id, grade.name, _points(grade))


def _points(grade: Any) -> float | None:
    """Return a graded cell's total points, or None if no points were given manually."""
    points = grade.manual_score if grade.manual_score is not None else grade.auto_score
    by_a_person = grade.manual_score is not None or grade.extra_credit
    return float(points or 0.0) + float(grade.extra_credit or 0.0) if by_a_person else None


def _read(unit: str, code: str) -> dict[str, Any]:
    """Map question ids to recorded points and times; the mapping is empty if the file is damaged."""
    with suppress(KitError):
        notes = read_record(place(unit, code)).get("questions", {})
        return notes if isinstance(notes, dict) else {}
    return {}
