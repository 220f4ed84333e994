"""Write texts for an instructor to copy into a message; they name codes, so no name leaves the class list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from buuchinh import course
from buuchinh.desk import unit_names
from buuchinh.messages import say


def reminder(unit: str, codes: Sequence[str], deadline: datetime | None) -> str:
    """Return a reminder of work that is not handed in, to one person or to several."""
    kind = "one" if len(codes) == 1 else "many"
    until = say("desk.reminder.until", at=clock_and_day(deadline)) if deadline else ""
    return say(
        f"desk.reminder.{kind}", codes=", ".join(codes), unit=unit_names.spoken(unit), until=until, to=_receiver()
    )


def request(unit: str, code: str, reason: str) -> str:
    """Return a request to hand in again what could not be taken; ``unit`` and ``code`` may be unknown ("")."""
    what = unit_names.spoken(unit) if unit else say("desk.reminder.some_unit")
    whom = say("desk.reminder.somebody", code=code) if code else say("desk.reminder.anybody")
    return say("desk.reminder.again", whom=whom, unit=what, reason=reason, to=_receiver())


def clock_and_day(at: datetime) -> str:
    """Return a deadline as it is spoken: “17:00 ngày 29-11”; the end of a day is “hết ngày 29-11”."""
    if (at.hour, at.minute) == (23, 59):
        return say("desk.reminder.end_of_day", day=f"{at:%d-%m}")
    return say("desk.reminder.clock", clock=f"{at:%H:%M}", day=f"{at:%d-%m}")


def until_after(at: datetime) -> datetime:
    """Return the deadline that lets a submission of the time ``at`` count: the next whole quarter of an hour."""
    start = at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0)
    return start + timedelta(minutes=15)


def _receiver() -> str:
    leader = course.settings().leader
    return leader.words if leader.named else say("desk.reminder.me")
