"""Schedule spaced follow-up: packs of five questions on fixed days after the first answer, missed ones first.

The days are counted from the day of the first answer in a lesson, which ``learner/src/work/packs.js`` finds.
On spacing and retrieval practice, see Cepeda et al. 2008 and Roediger & Karpicke 2006. The page chooses the questions
of each pack (``learner/src/logic/review_packs.js``).
"""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta

from buuchinh import routes
from buuchinh.messages import say

ROOM = routes.FOLLOW_UP
"""The name of the schedule's folder inside a person's folder, which also holds the answers to the packs."""
DAYS = (2, 7, 21, 60, 180)
"""The packs, by the number of days after the first answer in a lesson."""
SIZE = 5
"""The number of questions in a pack."""
DRILLED = (7, 21, 60)
"""The packs, by day, that end with a series of parcel pictures."""
RECALLED = (2, 7, 21)
"""The packs, by day, that show trainees the plans they wrote during the course."""


def days_in_words() -> str:
    """Return the days as the middle of a Vietnamese sentence, such as "2, 7 và 21"."""
    *before, last = map(str, DAYS)
    return say("questions.days", days=", ".join(before), last=last)


def due(started: date) -> dict[int, date]:
    """Return the date of each pack, keyed by its number of days after ``started``."""
    return {days: started + timedelta(days=days) for days in DAYS}


def calendar(started: date, title: str, summary: str, description: str) -> bytes:
    """Return an iCalendar file (RFC 5545) with one all-day event for each pack.

    ``summary`` and ``description`` may contain ``{days}``, which is replaced by the pack's number of days after the
    start.
    """
    from icalendar import Alarm, Calendar, Event  # 80 modules, needed by the follow-up alone

    file = Calendar()
    file.add("prodid", f"-//{title}//VI")
    file.add("version", "2.0")
    stamp = datetime(started.year, started.month, started.day)  # noqa: DTZ001  # the file is reproducible
    for days, day in due(started).items():
        event = Event()
        event.add("uid", f"{token(title, started.isoformat(), str(days))}@{ROOM}")
        event.add("dtstamp", stamp)
        event.add("dtstart", day)
        event.add("summary", summary.format(days=days))
        event.add("description", description.format(days=days))
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", summary.format(days=days))
        alarm.add("trigger", timedelta(hours=8))
        event.add_component(alarm)
        file.add_component(event)
    data: bytes = file.to_ical()
    return data


def token(*parts: str) -> str:
    """Return twenty hexadecimal characters derived from ``parts``; the same parts always give the same characters."""
    return hashlib.sha256("/".join(parts).encode("utf-8")).hexdigest()[:20]
