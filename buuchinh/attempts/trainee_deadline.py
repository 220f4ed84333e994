"""Manage extra time for individual trainees, stored in ``so-cham/<code>/gia-han.json``.

Extra time is never stored in ``course.toml``, because every trainee receives a copy of that file. A trainee with extra
time has the later of two deadlines: the class's and their own.
"""

from __future__ import annotations

import contextlib
from datetime import datetime

from buuchinh import course
from buuchinh.errors import KitError
from buuchinh.files import read_record, sound_record, write_json
from buuchinh.messages import say
from buuchinh.parsed import once
from buuchinh.text import format_moment

FILE = "gia-han.json"


def deadline(unit: str, code: str) -> datetime | None:
    """Return a trainee's deadline for ``unit``, including extra time, or None if the unit has no deadline."""
    common = course.settings().deadline(unit)
    own = extended_until(unit, code) if common else None
    return max(common, own) if common and own else common


def is_late(unit: str, code: str, at: datetime | None) -> bool:
    """Return whether a submission made at the time ``at`` missed this trainee's current deadline."""
    return missed(deadline(unit, code), at)


def missed(until: datetime | None, at: datetime | None) -> bool:
    """Return whether the time ``at`` is later than the deadline ``until``; False if either is None."""
    return until is not None and at is not None and at > until


def extended_until(unit: str, code: str) -> datetime | None:
    """Return the time at which a trainee's extra time for ``unit`` ends, or None if the trainee has none."""
    with contextlib.suppress(KeyError, TypeError, ValueError):
        return datetime.fromisoformat(once(sound_record, course.outcome_path(FILE, code))[unit]["until"])
    return None


def of_unit(unit: str) -> dict[str, datetime]:
    """Return the end of each trainee's extra time for ``unit``, keyed by trainee code and sorted by code."""
    return {code: until for code in once(_codes) if (until := extended_until(unit, code))}


def all_of(code: str) -> dict[str, datetime]:
    """Return the end of one trainee's extra time by unit, sorted by unit."""
    units = sorted(sound_record(course.outcome_path(FILE, code)))
    return {unit: until for unit in units if (until := extended_until(unit, code))}


def give(unit: str, code: str, until: datetime) -> None:
    """Extend a trainee's deadline for ``unit`` to ``until``.

    Raise ``KitError`` if the class has no deadline, if ``until`` is not later than the class's deadline, or if the
    trainee's file is damaged.
    """
    common = course.settings().deadline(unit)
    if common is None:
        raise KitError(say("attempts.extensions.no_deadline", unit=unit))
    if until <= common:
        words = say("attempts.extensions.not_later", until=format_moment(until), deadline=format_moment(common))
        raise KitError(words, say("attempts.extensions.later_way_out"))
    entry = {"until": until.isoformat(), "given_on": course.today().isoformat()}
    write_json(course.outcome_path(FILE, code), read_record(course.outcome_path(FILE, code)) | {unit: entry})


def take_back(unit: str, code: str) -> bool:
    """Remove a trainee's extra time for ``unit``, and return whether there was any."""
    extensions = read_record(course.outcome_path(FILE, code))
    existed = extensions.pop(unit, None) is not None
    if existed and extensions:
        write_json(course.outcome_path(FILE, code), extensions)
    elif existed:
        course.outcome_path(FILE, code).unlink()
    return existed


def _codes() -> list[str]:
    """Return the sorted codes of all trainees who have extra time."""
    return course.codes_with(FILE)
