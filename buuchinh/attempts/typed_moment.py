"""Read the day and hour that an instructor types for a deadline, on the desk and in commands alike.

Dates and times are read as trainees' answers are (``questions.types.moment.reading``). Beside that, an hour may be at
night, a day may end at 24:00, and minutes may be followed by a mark. The refusal of anything else says what is wrong.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import MAXYEAR, datetime, time
from typing import NoReturn

from buuchinh.errors import KitError
from buuchinh.messages import say
from buuchinh.questions.types.moment import reading
from buuchinh.text import fold, visible

_FIRST_YEAR, _LEAP_YEAR = 2000, 2024
_END_OF_DAY = time(23, 59, 59)
_SHOWN = 60
_ZONE = re.compile(r":\d\d ?(?:z|[+-]\d\d:?\d\d)$|\b(?:utc|gmt)\b")
_MARK = re.compile(r"(?<=\d) ?[′’'`´]+")
_SECONDS = re.compile(r"(\d\d?:\d\d):(\d\d)\b")
_LAST_HOUR = re.compile(r"\b24(?::00| ?(?:h|g|gio)(?: ?00)?(?: ?(?:p|ph|phut))?)(?![\d:])")
_NIGHT = re.compile(r"\b(\d\d?)((?: ?(?:h|g|gio)(?: ?\d\d?(?: ?(?:p|ph|phut))?)?|:\d\d)) dem\b")
_CLOCK = re.compile(r"\b(\d{1,3})(?: ?(?:h|g|gio)(?: ?(\d{1,2}))?|:(\d{2}))")
_DAY_FIRST = re.compile(
    r"(?<![\d:])(\d{1,2}) ?(?:[/.-]|thang) ?(\d{1,2})(?: ?(?:[/.,-]|nam|, nam)? ?(\d{4}|\d{2})(?!\d))?"
)
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")


def read(text: str) -> datetime:
    """Return the moment in the time zone of this computer; a day without an hour means the end of that day.

    Raise ``KitError`` if no day is named, if the day or hour does not exist, or if the year cannot be meant.
    """
    plain = _MARK.sub("", fold(text[: reading.LONGEST]))
    if _ZONE.search(plain):
        _refuse("zone", text)
    plain, ends = _LAST_HOUR.subn("", plain)
    seconds = _SECONDS.search(plain)
    plain = " ".join(_SECONDS.sub(r"\1", _NIGHT.sub(lambda found: _by_day(found, text), plain)).strip(" ,").split())
    _refuse_impossible(plain, text, ends=bool(ends))
    found = reading.read(plain)
    if found is None or found.day is None:
        _refuse("no_day", text)
    hour = _END_OF_DAY if ends or found.hour is None else found.hour
    if seconds and found.hour is not None:
        hour = hour.replace(second=min(int(seconds[2]), _END_OF_DAY.second))
    return datetime.combine(found.day, hour).astimezone()


def _by_day(found: re.Match[str], text: str) -> str:
    """Return an hour of the night by the clock of 24 hours: ten at night is 22:00, two at night is 2:00."""
    hour = int(found[1])
    if hour % 12 == 0:
        _refuse("midnight", text)
    return f"{hour + 12 if 6 <= hour < 12 else hour}{found[2]}"


def _refuse_impossible(plain: str, text: str, *, ends: bool) -> None:
    """Raise ``KitError`` if a day is missing or has no year, or if a day, an hour or a year cannot be."""
    dated = _YEAR_FIRST.search(plain)
    day, month, year = (dated[3], dated[2], dated[1]) if dated else (None, None, None)
    if not dated and (dated := _DAY_FIRST.search(plain)):
        day, month, year = dated.groups()
    clock = _CLOCK.search(plain[: dated.start()] + " " + plain[dated.end() :] if dated else plain)
    if clock and (int(clock[1]) > 23 or int(clock[2] or clock[3] or 0) > 59):
        _refuse("no_hour", text, hour=clock[0])
    if not day or not month:
        _refuse("only_hour" if clock or ends else "no_day", text)
    if not 1 <= int(month) <= 12:
        _refuse("no_month", text, month=int(month))
    number = int(year or _LEAP_YEAR) + (2000 if len(year or "") == 2 else 0)
    if not _FIRST_YEAR <= number < MAXYEAR:
        _refuse("bad_year", text, year=year)
    if not 1 <= int(day) <= monthrange(number, int(month))[1]:
        _refuse("no_such_day", text, day=int(day), month=int(month))
    if not year:
        _refuse("no_year", text)


def _refuse(name: str, text: str, **values: object) -> NoReturn:
    given = visible(text.strip())
    given = given if len(given) <= _SHOWN else f"{given[:_SHOWN]}…"
    words = say(f"attempts.moments.{name}", given=given, **values)
    raise KitError(words, say("attempts.moments.way_out"))
