"""Define the times of a submission: what sets each one, where it is stored, and what it is used for.

========================  ====================================  =======================  ============================
Time                      Set by                                Stored in                Used for
========================  ====================================  =======================  ============================
``at`` of an answer       the trainee's computer, when the      ``answers.json``,        the latest answer to a
                          answer was given                      journal                  question wins, within one
                                                                                         submission or across several
``at`` of a receipt       the trainee's computer, when the      the receipt              ``at`` of the attempt
                          submission was packed
time of a file            the disk or the zip it came in        nowhere                  ``at``, if the files
                                                                                         themselves state no time
``at`` of an attempt      ``handed_in_at``, from the three      ``collected.json``,      ordering attempts, choosing
                          times above; ``collected_at`` if      ``timestamp.txt`` (UTC)  the one that counts, display
                          that is missing or plainly wrong                               in nbgrader and on pages
``collected_at``          the instructor's computer, when       ``collected.json``       an upper limit for ``at``
                          ``collect`` first imported it         beside the original
``judged_at``             ``judged``, from ``at`` and           nowhere                  **the only time compared
                          ``collected_at``, by ``deadline_by``                           with the deadline**
``trainee_deadline``      ``course.toml`` (for the class), or   ``course.toml`` or       the latest ``judged_at``
                          ``extend`` if that is later           ``gia-han.json``         that is still in time
========================  ====================================  =======================  ============================

The clock of a trainee's computer may be set to 2099 or, after its battery ran flat, to 1970 or 2021; ``plainly_wrong``
limits how far it is trusted. Every time has a time zone.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta

from buuchinh import course
from buuchinh.release import versions

SLACK = timedelta(minutes=10)
"""Tolerated difference between the clocks of two computers."""
_ZONES = timedelta(days=1)
"""Allowance for time zones, in which the day of a release begins at different times."""


def handed_in_at(receipt: datetime | None, last_answer: datetime | None, files: Iterable[datetime]) -> datetime | None:
    """Return the time of the receipt, or else of the last answer, or else of the newest file, or else None."""
    return receipt or last_answer or max(files, default=None)


def plainly_wrong(at: datetime, now: datetime, since: datetime) -> bool:
    """Return whether the stated time ``at`` is impossible: before ``since``, or more than ``SLACK`` after the import.

    ``now`` is the time of the import.
    """
    return at > now + SLACK or at < since


def possible_from(unit: str, version: str | None = None) -> datetime:
    """Return the earliest possible time of work on ``version``, or on the first version if that is None or unknown."""
    released = versions.versions(unit)
    days = [versions.released_on(unit, name) for name in ([version] if version in released else released)]
    first = min(days, default=versions.DAY_BEFORE_RECORDS)
    return datetime.combine(first, time(), UTC) - _ZONES


def possible_hand_in_from(unit: str, version: str | None, *, receipt: bool) -> datetime:
    """Return the earliest possible time of a submission to ``unit``.

    ``receipt`` states whether the submission has a receipt. A receipt is issued in the version that it names. Without a
    receipt, the submission's time is that of an answer, which may have been given in an earlier version.
    """
    return possible_from(unit, version if receipt else None)


def judged(at: datetime, collected_at: datetime | None) -> datetime:
    """Return the time to compare with the deadline: the stated time ``at`` or the time of import ``collected_at``.

    ``deadline_by`` in ``course.toml`` selects which of the two is used. The stated time is capped at the time of
    import, in case the trainee's clock is fast. If the import was not recorded, the stated time is used.
    """
    if collected_at is None:
        return _to_the_second(at)
    return _to_the_second(collected_at if course.settings().deadline_by == "collected" else min(at, collected_at))


def _to_the_second(at: datetime) -> datetime:
    """Return ``at`` without fractions of a second: the last second of a day is in time as a whole."""
    return at.replace(microsecond=0)
