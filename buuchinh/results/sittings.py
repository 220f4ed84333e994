"""Find trainees who passed earlier or must sit again, for exams with several sittings (``thinv1``, ``thinv2``)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from buuchinh import course
from buuchinh.classroom import assigned_roles
from buuchinh.exam import exam_groups
from buuchinh.results.results import graded

REST, FAILED_OFTEN = timedelta(hours=24), 2
"""Rest before the next sitting after two failures, as the instructors' guide recommends; it is not enforced."""


def passed_before(unit: str) -> frozenset[str]:
    """Return the codes of trainees who passed an earlier sitting of the exam and need not take ``unit``."""
    return frozenset(code for other in earlier(unit) for code in _with(other, "pass"))


def earlier(unit: str) -> list[str]:
    """Return the earlier sittings of the exam ``unit``; the list is empty for an exercise."""
    own = exam_groups.number(unit) or 0
    return [other for other in same_exam(unit) if (exam_groups.number(other) or 0) < own]


def to_sit_again(unit: str) -> list[str]:
    """Return the sorted codes of trainees who failed ``unit`` or an earlier sitting and have not passed any sitting.

    Only trainees for whose role the exam is meant are included.
    """
    own = exam_groups.number(unit)
    if own is None:
        return []
    sittings = same_exam(unit)
    failed = {code for one in sittings if (exam_groups.number(one) or 0) <= own for code in _with(one, "fail")}
    passed = {code for one in sittings for code in _with(one, "pass")}
    return sorted(code for code in failed - passed if exam_groups.is_for(unit, assigned_roles.of(code)))


def rests(unit: str) -> Mapping[str, datetime]:
    """Map the codes of trainees who failed ``FAILED_OFTEN`` times or more to the earliest time of the next sitting.

    That time is ``REST`` after the last submission.
    """
    failed: dict[str, list[datetime]] = {}
    for one in same_exam(unit):
        for code, at in _with(one, "fail").items():
            failed.setdefault(code, []).append(at)
    return {code: max(hours) + REST for code, hours in failed.items() if len(hours) >= FAILED_OFTEN}


def same_exam(unit: str) -> list[str]:
    """Return all released sittings of the exam ``unit``, itself among them; the list is empty for an exercise."""
    if exam_groups.number(unit) is None:
        return []
    same = exam_groups.group_of_exam(unit)
    return [
        one
        for one in course.released_units()
        if exam_groups.number(one) is not None and exam_groups.group_of_exam(one) == same
    ]


def _with(unit: str, verdict: str) -> dict[str, datetime]:
    """Map the codes of all trainees with ``verdict`` in ``unit`` to the time of submission (or else of grading)."""
    return {one.code: one.handed_in or one.graded_at for one in graded(unit) if one.verdict == verdict}
