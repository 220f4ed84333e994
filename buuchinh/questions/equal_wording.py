"""Compare short written answers, ignoring full stops, commas and the notation of dates and times.

``learner/src/question/wording.js`` follows the same rules, and ``types/text/vectors.json`` tests both. An answer is
treated as a moment (a date, a time or both) only if it consists of nothing else, so no code or number is mistaken for
one. Day and month keep their order, and a comma between digits keeps its meaning. A new question that asks for a date
or a time should be a ``moment`` question (``types/moment/``); the rules here stay unchanged for questions released
earlier.
"""

from __future__ import annotations

import re

from buuchinh.text import fold

_LONGEST_MOMENT = 80
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"))
_STOPS = re.compile(r"(?<![0-9])[,;]|[,;](?![0-9])|\.+(?= |$)")
_LEAD = r"(?:(?:vao|luc|hoi|ngay)[ ,:]+)*"
_GAP = r"[ ,;().-]+" + _LEAD
_TAIL = r"[ .,;)]*"
_DATE = (
    r"([0-9]{1,2})(?: ?- ?([0-9]{1,2}) ?- ?| ?/ ?([0-9]{1,2}) ?/ ?|\.([0-9]{1,2})\.|[-/.]([0-9]{1,2}),? nam "
    r"| thang ([0-9]{1,2})(?:,? nam |,? |/))([0-9]{4})"
)
_TIME = (
    r"([0-9]{1,2})(?: ?: ?([0-9]{2})| ?(?:h|gio|g) ?([0-9]{2})(?: ?(?:'|phut|ph|p))?"
    r"| ?(?:h|gio|g) ?([0-9]) ?(?:phut|ph|p)| ?(?:h|gio))(?![0-9a-z])"
)
_DATE_FIRST = re.compile(f"{_LEAD}{_DATE}(?:{_GAP}{_TIME})?{_TAIL}")
_TIME_FIRST = re.compile(f"{_LEAD}{_TIME}(?:{_GAP}{_DATE})?{_TAIL}")
_PARTS_OF_DATE, _PARTS_OF_TIME = 7, 4


def worded(text: str, *, marks: bool = False) -> str:
    """Return ``text`` normalised for comparison: a moment in standard form, or else the words without stops and commas.

    If ``marks`` is true, the words keep their diacritics.
    """
    plain = fold(text, marks=marks)
    moment = _moment(fold(text)) if len(plain) <= _LONGEST_MOMENT else None
    return moment or " ".join(filter(None, _STOPS.sub(" ", plain).split(" "))) or plain


def _moment(text: str) -> str | None:
    """Return a date, a time or both in standard form, or None if ``text`` contains anything else.

    For example, ``24-11-2026, 9h40`` becomes ``2026-11-24 09:40``.
    """
    text = text.translate(_DASHES)
    if match := _DATE_FIRST.fullmatch(text):
        day, time = match.groups()[:_PARTS_OF_DATE], match.groups()[_PARTS_OF_DATE:]
    elif match := _TIME_FIRST.fullmatch(text):
        time, day = match.groups()[:_PARTS_OF_TIME], match.groups()[_PARTS_OF_TIME:]
    else:
        return None
    parts = [_day(day) if day[0] else "", _time(time) if time[0] else ""]
    return None if None in parts else " ".join(filter(None, parts))


def _day(parts: tuple[str | None, ...]) -> str | None:
    day, *months, year = parts
    month = next(filter(None, months), "0")
    fits = 1 <= int(day or 0) <= 31 and 1 <= int(month) <= 12
    return f"{year}-{int(month):02}-{int(day or 0):02}" if fits else None


def _time(parts: tuple[str | None, ...]) -> str | None:
    hour, *minutes = parts
    minute = next(filter(None, minutes), "0")
    return f"{int(hour or 0):02}:{int(minute):02}" if int(hour or 0) <= 23 and int(minute) <= 59 else None
