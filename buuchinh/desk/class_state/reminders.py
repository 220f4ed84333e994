"""Write texts for an instructor to copy into a message; they name codes, so no name leaves the class list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from buuchinh import course
from buuchinh.desk.class_state.read_class import NOT_ASKED, OWING, ClassState, Unit
from buuchinh.desk.naming import unit_names
from buuchinh.messages import say

SOON = timedelta(hours=24)
"""Time before a deadline from which on those who have not handed in are reminded."""


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


def ask_own_form(unit: str, code: str) -> str:
    """Return a question to a person whose answers are not those that the own code's form offers."""
    return say("desk.reminder.own_form", code=code, unit=unit_names.spoken(unit), to=_receiver())


def clock_and_day(at: datetime) -> str:
    """Return a deadline as it is spoken: “17:00 ngày 29-11”; the end of a day is “hết ngày 29-11”."""
    if (at.hour, at.minute) == (23, 59):
        return say("desk.reminder.end_of_day", day=f"{at:%d-%m}")
    return say("desk.reminder.clock", clock=f"{at:%H:%M}", day=f"{at:%d-%m}")


def in_field(at: datetime | None) -> str:
    """Return a deadline as a page's field for day and time takes it, or ""."""
    return at.isoformat(timespec="minutes")[:16] if at else ""


def until_after(at: datetime) -> datetime:
    """Return the deadline that lets a submission of the time ``at`` count: the next whole quarter of an hour."""
    start = at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0)
    return start + timedelta(minutes=15)


def own_deadline(state: ClassState, unit: Unit, code: str) -> datetime | None:
    """Return the day until which a person may hand in ``unit``, extra time included, or None without a deadline."""
    return max(filter(None, (unit.deadline, state.extended.get((unit.id, code)))), default=None)


def to_remind(state: ClassState, unit: Unit, at: datetime) -> list[str]:
    """Return the codes of all who have handed in nothing and whose own deadline is near or past."""
    missing = still_asked(state, unit, at)
    return [code for code in missing if (end := own_deadline(state, unit, code)) and end - at < SOON]


def owes(state: ClassState, unit: Unit, code: str, at: datetime) -> bool:
    """Return whether nothing counts of what a person was to hand in within a day or before."""
    until = own_deadline(state, unit, code)
    due = until is not None and until - at < SOON and state.cell(unit.id, code).state in OWING
    return due and is_asked(state, unit, code, at)


def still_asked(state: ClassState, unit: Unit, at: datetime) -> list[str]:
    """Return the codes of all who have handed in nothing and are asked for ``unit``, not for another sitting of it."""
    return [code for code in state.with_state(unit.id, "nothing") if is_asked(state, unit, code, at)]


def is_asked(state: ClassState, unit: Unit, code: str, at: datetime) -> bool:
    """Return whether a person is asked for ``unit``.

    Of an exam's sittings that is the first one that is still open and not handed in, or else the newest that was given
    out.
    """
    ends: dict[str, datetime] = {}
    newest = unit.id
    for other in map(state.unit, unit.sittings):
        cell = state.cell(other.id, code)
        if other.given_out and cell.state not in NOT_ASKED:
            newest = other.id
            if cell.state in OWING and (end := own_deadline(state, other, code)) and end > at:
                ends[other.id] = end
    return unit.id == min(ends, key=lambda name: ends[name], default=newest)


def spoken_day(at: datetime, now_at: datetime) -> str:
    """Return a deadline as it is spoken at ``now_at``: “17:00 hôm nay”, “8:00 ngày mai”, or with its date."""
    days = (at.date() - now_at.date()).days
    word = {0: "today", 1: "tomorrow", -1: "yesterday"}.get(days)
    if word is None:
        return clock_and_day(at)
    return say(f"desk.now.{word}", clock=f"{at:%H:%M}")


def _receiver() -> str:
    leader = course.settings().leader
    return leader.words if leader.named else say("desk.reminder.me")
