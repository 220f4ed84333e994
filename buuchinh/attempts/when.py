"""Map each clock of a hand-in to who sets it, where it is kept, what it is used for, and what a deadline is held to.

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

A trainee's computer may stand in 2099, or in 1970 or 2021 with a flat battery: ``plainly_wrong`` says how far its word
is believed. Every time has a time zone.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta

from buuchinh import course
from buuchinh.release import versions

SLACK = timedelta(minutes=10)
"""How far two computers may be apart."""
_ZONES = timedelta(days=1)
"""The day of a release begins at another hour in another zone."""


def handed_in_at(receipt: datetime | None, last_answer: datetime | None, files: Iterable[datetime]) -> datetime | None:
    """Return when a hand-in says that it was made: by its receipt, else its last answer, else its newest file."""
    return receipt or last_answer or max(files, default=None)


def plainly_wrong(at: datetime, now: datetime, since: datetime) -> bool:
    """Whether an hour that a hand-in tells cannot be: it was possible from ``since`` and is taken in at ``now``."""
    return at > now + SLACK or at < since


def possible_from(unit: str, version: str | None = None) -> datetime:
    """Return before which hour nobody can have worked on a version; on the first one where it is not known or named."""
    there = versions.versions(unit)
    days = [versions.released_on(unit, one) for one in ([version] if version in there else there)]
    first = min(days, default=versions.DAY_BEFORE_RECORDS)
    return datetime.combine(first, time(), UTC) - _ZONES


def possible_hand_in_from(unit: str, version: str | None, *, receipt: bool) -> datetime:
    """Return before which hour a hand-in of a unit cannot have been made.

    A receipt was made in the version that it names; without one the hour is that of an answer, which may have been
    given in an earlier version.
    """
    return possible_from(unit, version if receipt else None)


def judged(at: datetime, collected_at: datetime | None) -> datetime:
    """Return the hour that is held against the deadline: a hand-in's own word, or by ``course.toml`` its taking in.

    What lies on the instructor's machine has been handed in, however fast the trainee's clock goes. Where the taking
    in was not noted, the hand-in's own word counts.
    """
    if collected_at is None:
        return at
    return collected_at if course.settings().deadline_by == "collected" else min(at, collected_at)
