"""Determine when a trainee is due to learn again: 24 months after passing, or when the law has changed since.

No Vietnamese postal law sets a period. 24 months is the practice for dangerous goods, whose refresher training is due
within 24 months (ICAO Technical Instructions, Part 1, Chapter 4). A change of law is any day after the pass on which a
provision that the passed questions cite begins to read differently, or ends, according to the register of law; days
that the register already knows for the future count as well.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from buuchinh import law
from buuchinh.errors import KitError
from buuchinh.results.results import Standing

MONTHS = 24


@dataclass(frozen=True)
class Due:
    """The day from which a trainee is due again, counted from ``passed_on``.

    ``refs`` are the provisions that change on that day, or empty if the day is simply ``MONTHS`` after the pass.
    """

    passed_on: date
    on: date
    refs: tuple[str, ...] = ()


def due(passed: Standing) -> Due:
    """Return when the trainee who passed an exam with the result ``passed`` is due again."""
    passed_on = day_of(passed)
    latest = _months_later(passed_on)
    refs = {str(ref) for item in passed.items for ref in item.score["provisions"]}
    change = first_change(refs, passed_on)
    return Due(passed_on, *change) if change and change[0] <= latest else Due(passed_on, latest)


def day_of(standing: Standing) -> date:
    """Return the day on which a result was earned: of the submission or, if that is unknown, of the grading."""
    return (standing.handed_in or standing.graded_at).astimezone().date()


def first_change(refs: Iterable[str], since: date) -> tuple[date, tuple[str, ...]] | None:
    """Return the first day after ``since`` on which any of ``refs`` changes, with those that do, or None.

    References to the wording of a fixed day never change, nor does the register know anything of unknown references.
    """
    days: dict[date, list[str]] = {}
    for ref in sorted(set(refs)):
        try:
            known = () if law.parse(ref).on else law.periods(ref)
        except KitError:
            continue
        ends = {day for period in known for day in (period.from_, period.to) if day and day > since}
        if ends:
            days.setdefault(min(ends), []).append(ref)
    return (first, tuple(days[first])) if (first := min(days, default=None)) else None


def _months_later(day: date) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + MONTHS, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
