"""Ask questions about the law of another day, and explain why some questions cannot be asked about that day."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Literal

from buuchinh import law
from buuchinh.errors import KitError
from buuchinh.messages import say
from buuchinh.questions import types
from buuchinh.questions.answers import Record
from buuchinh.questions.authored import AuthoredQuestion
from buuchinh.questions.dated_keys import Keyed
from buuchinh.text import format_date

_FOLDER = "theo-ngay"


@dataclass(frozen=True)
class Obstacle:
    """A reason why a question cannot be asked about a given day.

    Either the question has no key for that day, or the provision ``ref`` was not in force.
    """

    kind: Literal["no_key", "not_yet", "lapsed"]
    ref: str = ""


def obstacles(question: AuthoredQuestion, day: date) -> list[Obstacle]:
    """Return the reasons why ``question`` cannot be asked about the law of ``day``.

    There are none if the question has a fixed day of its own (``as_of``).
    """
    if question.as_of:
        return []
    parts = [part for part, _ in types.parts(question)]
    return list(dict.fromkeys(obstacle for part in parts if isinstance(part, Keyed) for obstacle in _of(part, day)))


def _of(part: Keyed, day: date) -> Iterator[Obstacle]:  # type: ignore[type-arg]  # any type of key
    key = part.key_on(day)
    if key is None:
        yield Obstacle("no_key")
        return
    for ref in key.provisions:
        with suppress(KitError):  # `check` reports unknown references
            match "in_force" if law.parse(ref).on else law.in_force(ref, day):
                case "not_yet" | "lapsed" as kind:
                    yield Obstacle(kind, ref)
                case _:
                    pass


def law_day_notice(day: date) -> str:
    """Return the notice which says that questions are about the law of ``day``."""
    return say("notebook.as_of.day", day=format_date(day))


def not_asked(question: AuthoredQuestion, day: date) -> str:
    """Return a sentence that explains why ``question`` cannot be asked about the law of ``day``, or "" if it can."""
    reasons = " ".join(dict.fromkeys(_reason(obstacle, day) for obstacle in obstacles(question, day)))
    return say("notebook.as_of.not_asked", id=question.id, day=format_date(day), reasons=reasons) if reasons else ""


def record_of(record: Record, day: date) -> Record:
    """Return the record for answers about the law of ``day``, which is stored separately from ``record``."""
    name = day.isoformat()
    return Record(record.folder / _FOLDER / name, f"{record.unit}@{name}", record.version, record.code)


def _reason(obstacle: Obstacle, day: date) -> str:
    words = {"day": format_date(day), "cite": law.cite(obstacle.ref) if obstacle.ref else ""}
    return say(f"notebook.as_of.{obstacle.kind}", **words)
