"""Parse typed dates and times; ``reading.js`` follows the same rules, and ``vectors.json`` tests both.

Dates may be written as ``24/11/2026``, ``24-11-26``, ``2026-11-24`` or ``ngày 24 tháng 11 năm 2026``; times as
``9h40``, ``09:40``, ``9 giờ 40 phút`` or ``3 giờ chiều``. A date and a time may come in either order, with a comma,
``lúc`` or ``ngày`` between them; the 24 of ``9h 24/11/2026`` is the day. A full stop at the end is ignored. As is usual
in Vietnam, the day always comes before the month, except in the ISO notation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time

from buuchinh.text import fold

LONGEST = 100
"""The maximum number of characters that are parsed."""

_HOUR = (
    r"([0-9]{1,2}) ?(?:(?:h|g|gio)(?: ?([0-9]{1,2})(?![0-9])(?: ?(?:p|ph|phut))?)?|:([0-9]{2})(?::00)?)"
    r"(?: (sang|trua|chieu|toi))?"
)
_DAY = (
    r"(?:(?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat),? ?)?(?:ngay |mung )?"
    r"(?:([0-9]{1,2}) ?[/.-] ?([0-9]{1,2}) ?[/.-] ?([0-9]{4}|[0-9]{2})|([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})"
    r"|([0-9]{1,2}) thang ([0-9]{1,2}),?(?: nam)? ([0-9]{4}))"
)
_AT = r"(?:vao luc |vao |luc |hoi )?"
_HOUR_ALONE = re.compile(f"{_AT}{_HOUR}")
_DAY_ALONE = re.compile(f"(?:vao )?{_DAY}")
_HOUR_FIRST = re.compile(rf"{_AT}{_HOUR} ?[,–-]? ?{_DAY}")
_DAY_FIRST = re.compile(rf"(?:vao )?{_DAY}(?: ?[,–-]? ?|t){_AT}{_HOUR}")
_END = re.compile(r"[ .,;]+$")
_LATER = {"chieu": 12, "toi": 12}


@dataclass(frozen=True)
class Moment:
    """A date (``day``), a time of day (``hour``) or both; whichever is missing is None."""

    day: date | None = None
    hour: time | None = None


def read(text: str) -> Moment | None:
    """Parse ``text`` as a moment; return None if it contains no moment, an impossible one or anything else."""
    if len(text) > LONGEST:
        return None
    plain = _END.sub("", fold(text))
    try:
        if match := _HOUR_ALONE.fullmatch(plain):
            return Moment(hour=_hour(match.groups()))
        if match := _DAY_ALONE.fullmatch(plain):
            return Moment(day=_day(match.groups()))
        if match := _HOUR_FIRST.fullmatch(plain):
            return Moment(_day(match.groups()[4:]), _hour(match.groups()[:4]))
        if match := _DAY_FIRST.fullmatch(plain):
            return Moment(_day(match.groups()[:9]), _hour(match.groups()[9:]))
    except ValueError:  # the thirtieth of February, 25 o'clock
        pass
    return None


def _hour(parts: tuple[str | None, ...]) -> time:
    hour, minutes, after_colon, part_of_day = parts
    number = int(hour or 0)
    if part_of_day in _LATER and 1 <= number < 12:
        number += _LATER[part_of_day]
    if part_of_day == "trua" and 1 <= number <= 2:
        number += 12
    return time(number, int(minutes or after_colon or 0))


def _day(parts: tuple[str | None, ...]) -> date:
    first, iso, in_words = parts[:3], parts[3:6], parts[6:]
    if iso[0]:
        year, month, day = (int(part or 0) for part in iso)
    else:
        day, month, year = (int(part or 0) for part in (first if first[0] else in_words))
    return date(year + 2000 if year < 100 else year, month, day)
