"""Extra time of one trainee, ``so-cham/<code>/gia-han.json``: never in ``course.toml``, which everybody's bundle has.

Whoever has extra time has the later one of two deadlines: the class's and their own.
"""

from __future__ import annotations

import contextlib
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from buuchinh import course
from buuchinh.errors import KitError, Problem
from buuchinh.files import read_record, write_json
from buuchinh.messages import say
from buuchinh.text import format_moment, parse_date

FILE = "gia-han.json"


def deadline(unit: str, code: str) -> datetime | None:
    """Return the last moment at which a submission of ``unit`` counts for one trainee; None where there is none."""
    common = course.settings().deadline(unit)
    own = given(unit, code) if common else None
    return max(common, own) if common and own else common


def is_late(unit: str, code: str, at: datetime | None) -> bool:
    """Whether a trainee's submission of that moment came after the deadline as it is set now for this trainee."""
    until = deadline(unit, code)
    return until is not None and at is not None and at > until


def given(unit: str, code: str) -> datetime | None:
    """Return until when a trainee has extra time for ``unit``; None where none was given."""
    with contextlib.suppress(KeyError, TypeError, ValueError):
        return datetime.fromisoformat(_read(code)[unit]["until"])
    return None


def of_unit(unit: str) -> dict[str, datetime]:
    """Return who has extra time for ``unit``, and until when, by code, sorted."""
    codes = sorted(path.parent.name for path in (course.root() / course.OUTCOMES).glob(f"*/{FILE}"))
    return {code: until for code in codes if (until := given(unit, code))}


def give(unit: str, code: str, until: datetime) -> None:
    """Give a trainee time until ``until``.

    Raises ``KitError`` where the class has no deadline, or one that is not earlier, and where the file is damaged.
    """
    common = course.settings().deadline(unit)
    if common is None:
        raise KitError([Problem("", 0, say("attempts.extensions.no_deadline", unit=unit))])
    if until <= common:
        words = say("attempts.extensions.not_later", until=format_moment(until), deadline=format_moment(common))
        raise KitError([Problem("", 0, words, say("attempts.extensions.later_way_out"))])
    entry = {"until": until.isoformat(), "given_on": course.today().isoformat()}
    write_json(_path(code), read_record(_path(code)) | {unit: entry})


def take_back(unit: str, code: str) -> bool:
    """Take extra time back; return whether there was any."""
    kept = read_record(_path(code))
    found = kept.pop(unit, None) is not None
    if found and kept:
        write_json(_path(code), kept)
    elif found:
        _path(code).unlink()
    return found


def moment(text: str) -> datetime:
    """Read a deadline as a person types it: ``2026-12-01`` or ``1-12-2026``, with an hour after it or not.

    A bare day counts to its end. Raises ``KitError`` for what is no day, and for the hour of another time zone.
    """
    day, _, hour = " ".join(text.replace("T", " ").split()).partition(" ")
    for parse in (date.fromisoformat, parse_date):
        try:
            at = time.fromisoformat(hour.zfill(5)) if hour else time(23, 59, 59)
            of_the_day = datetime.combine(parse(day), at)
        except ValueError:
            continue
        if of_the_day.tzinfo:
            raise KitError(say("attempts.extensions.zone", given=text))
        return of_the_day.astimezone()
    raise KitError(say("attempts.extensions.no_day", given=text))


def _path(code: str) -> Path:
    return course.root() / course.OUTCOMES / code / FILE


def _read(code: str) -> dict[str, Any]:
    """Return what was given to a trainee; a damaged file gives nothing and stops no class."""
    try:
        return read_record(_path(code))
    except KitError:
        return {}
