"""Whether a question can be asked about the law of another day, and what stands in the way."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Literal

from buuchinh import law
from buuchinh.errors import KitError
from buuchinh.questions import types
from buuchinh.questions.authored import AuthoredQuestion
from buuchinh.questions.keyed import Keyed


@dataclass(frozen=True)
class Obstacle:
    """Why a question cannot be asked about a day: no key holds on it, or ``ref`` was not in force."""

    kind: Literal["no_key", "not_yet", "lapsed"]
    ref: str = ""


def obstacles(question: AuthoredQuestion, day: date) -> list[Obstacle]:
    """Return what keeps ``question`` from being asked about the law of ``day``; nothing where it has its own day."""
    if question.as_of:
        return []
    parts = [part for part, _ in types.parts(question)]
    return list(dict.fromkeys(obstacle for part in parts if isinstance(part, Keyed) for obstacle in _of(part, day)))


def _of(part: Keyed, day: date) -> Iterator[Obstacle]:  # type: ignore[type-arg]  # of whatever key
    key = part.key_on(day)
    if key is None:
        yield Obstacle("no_key")
        return
    for ref in key.provisions:
        with suppress(KitError):  # `check` tells the author of a reference that there is not
            match "in_force" if law.parse(ref).on else law.in_force(ref, day):
                case "not_yet" | "lapsed" as kind:
                    yield Obstacle(kind, ref)
                case _:
                    pass
