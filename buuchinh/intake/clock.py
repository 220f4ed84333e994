"""What a hand-in's own clock is worth: a computer may stand in 2099, or in 1970 or 2021 with a flat battery."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from buuchinh.intake.submission import Submission
from buuchinh.release import versions

SLACK = timedelta(minutes=10)
"""How far two computers may be apart."""
_ZONES = timedelta(days=1)
"""The day of a release begins at another hour in another zone."""


def plainly_wrong(at: datetime, now: datetime, since: datetime) -> bool:
    """Whether an hour that a hand-in tells cannot be: it was possible from ``since`` and is taken in at ``now``."""
    return at > now + SLACK or at < since


def possible_from(unit: str, version: str | None = None) -> datetime:
    """Return before which hour nobody can have worked on a version; on the first one where it is not known or named."""
    there = versions.versions(unit)
    days = [versions.released_on(unit, one) for one in ([version] if version in there else there)]
    first = min(days, default=versions.DAY_BEFORE_RECORDS)
    return datetime.combine(first, time(), UTC) - _ZONES


def first_hour(handed: Submission) -> datetime:
    """Return before which hour a submission of a known unit cannot have been handed in.

    The button was pressed in the version that it names; without a receipt the hour is that of an answer, which may
    have been given in an earlier version.
    """
    return possible_from(handed.unit or "", handed.version if handed.receipt else None)
