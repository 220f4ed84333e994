"""Spaced follow-up: five questions on days 2, 7, 21, 60 and 180 after the course, on what sits least.

Spacing and retrieval: Cepeda et al. 2008; Roediger & Karpicke 2006. Which questions a pack
holds follows from what was answered so far and from a seed, so it can be made again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from icalendar import Alarm, Calendar, Event

from buuchinh.questions import types
from buuchinh.questions.authored import AuthoredQuestion, asked_as
from buuchinh.questions.practice.mastery import Mastery

ROOM = "on-tap"
"""The name of the folder, below a person's own, with the schedule; a pack's answers are beside it."""
DAYS = (2, 7, 21, 60, 180)
SIZE = 5
DRILLED = (7, 21, 60)
"""The packs that end with a series of pictures of parcels."""
RECALLED = (7, 21)
"""Packs that read back what a learner wrote that he would do."""


def due(started: date) -> dict[int, date]:
    """Return the day of each pack by its number of days after ``started``."""
    return {days: started + timedelta(days=days) for days in DAYS}


def choose(
    offered: Iterable[AuthoredQuestion],
    standing: Mapping[str, Mastery],
    seen: Iterable[str],
    seed: str,
) -> list[str]:
    """Return the ids of the questions of one pack: objectives that sit least come first, each once if there are enough.

    ``seen`` are ids answered before: such a question comes only when nothing else is left, as another variant where
    it has one.
    """
    seen = set(seen)
    by_objective: dict[str, dict[str, list[AuthoredQuestion]]] = {}
    for question in offered:
        if question.objective and types.type_of(question).short:
            by_objective.setdefault(question.objective, {}).setdefault(asked_as(question), []).append(question)

    def least_first(objective: str) -> tuple[float, int, str]:
        found = standing.get(objective, Mastery(()))
        return found.share, len(found.last), token(seed, objective)

    ordered = sorted(by_objective, key=least_first)
    chosen: list[str] = []
    for known in (False, True):
        queues = [_queue(by_objective[objective].values(), seen, seed, known=known) for objective in ordered]
        while len(chosen) < SIZE and any(queues):
            chosen += [queue.pop(0) for queue in queues if queue][: SIZE - len(chosen)]
    return chosen


def calendar(started: date, title: str, summary: str, description: str) -> bytes:
    """Return an iCalendar file (RFC 5545) with one whole-day event a pack; texts may hold ``{days}``."""
    file = Calendar()
    file.add("prodid", f"-//{title}//VI")
    file.add("version", "2.0")
    stamp = datetime(started.year, started.month, started.day)  # noqa: DTZ001  # the same file whenever it is made
    for days, day in due(started).items():
        event = Event()
        event.add("uid", f"{token(title, started.isoformat(), str(days))}@on-tap")
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
    made: bytes = file.to_ical()
    return made


def _queue(groups: Iterable[Sequence[AuthoredQuestion]], seen: set[str], seed: str, *, known: bool) -> list[str]:
    """Return one id of each question of which something was seen (``known``) or nothing; an unseen variant first."""
    picked = [
        min(variants, key=lambda one: (one.id in seen, token(seed, one.id))).id
        for variants in groups
        if any(one.id in seen for one in variants) is known
    ]
    return sorted(picked, key=lambda name: token(seed, name))


def token(*parts: str) -> str:
    """Return what stands for ``parts`` in an order or a name: twenty signs that only they give."""
    return hashlib.sha256("/".join(parts).encode("utf-8")).hexdigest()[:20]
