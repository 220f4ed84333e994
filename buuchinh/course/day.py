"""Determine the day whose law and answer keys apply: today, a given day, or the day given to ``lab --date``."""

from __future__ import annotations

import os
from datetime import date, datetime

from buuchinh.course.settings import settings
from buuchinh.errors import KitError
from buuchinh.messages import say
from buuchinh.text import parse_date

LAW_DAY = "BUUCHINH_LAW_DAY"
"""The environment variable that ``buuchinh lab --date`` sets for all processes that it starts."""


def today() -> date:
    """Return today's date in the time zone of this computer."""
    return datetime.now().astimezone().date()


def law_day() -> date:
    """Return the day whose law applies in practice questions: the day in ``BUUCHINH_LAW_DAY``, or else today."""
    return read_day(os.environ.get(LAW_DAY) or None)


def read_day(text: str | None) -> date:
    """Parse a day: an ISO date, a date with the day first, ``reviewed`` or ``report``.

    ``reviewed`` and ``report`` stand for ``reviewed_on`` and ``report_date`` in the course settings. Return today if
    ``text`` is None. Raise ``KitError`` for any other text.
    """
    if text is None:
        return today()
    if text in {"reviewed", "report"}:
        return settings().reviewed_on if text == "reviewed" else settings().report_date
    for parse in (date.fromisoformat, parse_date):
        try:
            return parse(text)
        except ValueError:
            continue
    raise KitError(say("course.bad_day", given=text), say("course.bad_day_way_out"))
