"""Gives one trainee more time for one unit, or takes it back, and lets count at once what then counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from buuchinh import course
from buuchinh.attempts import extensions
from buuchinh.classroom import gradebook
from buuchinh.classroom.turn import turn
from buuchinh.errors import KitError
from buuchinh.intake import collect
from buuchinh.messages import say
from buuchinh.personal_data.names import Names
from buuchinh.personal_data.who import code_of


@dataclass(frozen=True)
class ExtraTime:
    """The deadline of one trainee, None where there is none, and when what counts now was handed in, if anything."""

    unit: str
    code: str
    until: datetime | None
    counts: datetime | None


@turn()
def give(unit: str, code: str, until: datetime) -> ExtraTime:
    """Give a trainee time until ``until``; ``code`` may be a name that one person of the class has.

    Raises ``KitError`` for a unit or a person that is not there, and where the class has no earlier deadline.
    """
    code = _known(unit, code)
    extensions.give(unit, code, until)
    return _counted(unit, code)


@turn()
def take_back(unit: str, code: str) -> ExtraTime:
    """Let the class's deadline hold again for a trainee; ``KitError`` where there was no extra time."""
    code = _known(unit, code)
    if not extensions.take_back(unit, code):
        raise KitError(say("attempts.extensions.none", unit=unit, code=Names.read().shown(code)))
    return _counted(unit, code)


def _known(unit: str, code: str) -> str:
    course.refuse_unknown(unit)
    code = code_of(code)
    if code not in gradebook.students():
        raise KitError(say("attempts.extensions.not_enrolled", code=Names.read().shown(code)))
    return code


def _counted(unit: str, code: str) -> ExtraTime:
    counts = collect.recount(unit, code)
    return ExtraTime(unit, code, extensions.deadline(unit, code), counts.at if counts else None)
