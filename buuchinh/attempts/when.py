"""Times of a submission: who sets each, where it is stored, its use, and which one is compared with the deadline.

========================  ====================================  =======================  ============================
Time                      Set by                                Kept in                  Used for
========================  ====================================  =======================  ============================
``at`` of an answer       the trainee's computer, when the      ``answers.json``,        the latest answer to a
                          answer was given                      journal                  question wins, within a
                                                                                         hand-in and among several
``at`` of a receipt       the trainee's computer, when the      the receipt              ``at`` of the attempt
                          hand-in was packed
time of a file            the disk or the zip it came in        nowhere                  ``at``, where nothing in the
                                                                                         files says when
``at`` of an attempt      ``handed_in_at`` of these three, or   ``collected.json``,      the order of attempts, which
                          ``collected_at`` where that is none   ``timestamp.txt`` (UTC)  counts, what nbgrader and
                          or plainly wrong                                               pages show
``collected_at``          the instructor's computer, when       ``collected.json``       an upper limit of ``at``
                          ``collect`` first took it in          beside the original
``judged_at``             nobody: ``judged``, of ``at`` and     nowhere                  **the deadline is held
                          ``collected_at``, by ``deadline_by``                           against this one alone**
``extensions.deadline``   ``course.toml`` (the class), or       ``gia-han.json``         the last moment at which
                          ``extend`` where that is later                                 ``judged_at`` counts
========================  ====================================  =======================  ============================

A trainee's computer may stand in 2099, or in 1970 or 2021 with a flat battery: ``plainly_wrong`` limits how far
it is trusted. Every time has a time zone.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta

from buuchinh import course
from buuchinh.release import versions

SLACK = timedelta(minutes=10)
"""Accepted difference between the clocks of two computers."""
_ZONES = timedelta(days=1)
"""The day of a release begins at different times in different zones."""


def handed_in_at(receipt: datetime | None, last_answer: datetime | None, files: Iterable[datetime]) -> datetime | None:
    """Return the time that a submission states: of its receipt, else its last answer, else its newest file."""
    return receipt or last_answer or max(files, default=None)


def plainly_wrong(at: datetime, now: datetime, since: datetime) -> bool:
    """Whether a time stated by a submission is impossible: before ``since``, or after its import at ``now``."""
    return at > now + SLACK or at < since


def possible_from(unit: str, version: str | None = None) -> datetime:
    """Return the earliest time of work on a version; on the first version where it is unknown or not named."""
    released = versions.versions(unit)
    days = [versions.released_on(unit, name) for name in ([version] if version in released else released)]
    first = min(days, default=versions.DAY_BEFORE_RECORDS)
    return datetime.combine(first, time(), UTC) - _ZONES


def possible_hand_in_from(unit: str, version: str | None, *, receipt: bool) -> datetime:
    """Return the earliest possible time of a submission to a unit.

    A receipt is made in the version that it names; without one the time is that of an answer, which may have been
    given in an earlier version.
    """
    return possible_from(unit, version if receipt else None)


def judged(at: datetime, collected_at: datetime | None) -> datetime:
    """Return the time that is compared with the deadline: the stated one or, by ``course.toml``, that of the import.

    The stated time is never later than the import, however fast the trainee's clock is. Where the import was not
    recorded, the stated time counts.
    """
    if collected_at is None:
        return at
    return collected_at if course.settings().deadline_by == "collected" else min(at, collected_at)
