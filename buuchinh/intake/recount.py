"""Change the deadline of the class or of one trainee, and immediately update which submissions count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from buuchinh import course
from buuchinh.attempts import trainee_deadline
from buuchinh.attempts.reader import Submitted
from buuchinh.attempts.store import Store
from buuchinh.classroom import gradebook
from buuchinh.classroom.turn import turn
from buuchinh.course.write_deadline import set_deadline
from buuchinh.errors import KitError
from buuchinh.intake import read_in_workers
from buuchinh.messages import say
from buuchinh.personal_data.names import Names
from buuchinh.personal_data.who import code_of


@dataclass(frozen=True)
class ExtraTime:
    """A trainee's deadline for a unit after a change and ``before`` it, and the submission that now counts.

    ``until`` is the deadline, or None if the class has no deadline. ``counts`` is the time of the submission that
    counts, or None if there is no such submission.
    """

    unit: str
    code: str
    until: datetime | None
    counts: datetime | None
    before: datetime | None


def recount(unit: str, code: str) -> Submitted | None:
    """Rebuild a trainee's ``submitted/`` folder for a new deadline; return the submission that now counts, or None."""
    with read_in_workers.open_readers() as readers:
        return Store().submit(unit, code, partial(read_in_workers.merged_again, readers))


@turn()
def change_deadline(unit: str, until: datetime | None) -> int:
    """Set the class's deadline for ``unit``, or remove it if ``until`` is None.

    Return the number of trainees with a submission that counts. Raise ``KitError`` if the unit is unknown or the
    settings cannot be read.
    """
    course.refuse_unknown(unit)
    set_deadline(unit, until)
    return sum(recount(unit, code) is not None for code in gradebook.students())


@turn()
def give_extra_time(unit: str, code: str, until: datetime) -> ExtraTime:
    """Extend one trainee's deadline for ``unit`` to ``until``; ``code`` may also be a name that is unique in the class.

    Raise ``KitError`` if the unit or person is unknown, or if the class has no deadline before ``until``.
    """
    code = _known(unit, code)
    before = trainee_deadline.deadline(unit, code)
    trainee_deadline.give(unit, code, until)
    return _counted(unit, code, before)


@turn()
def take_back_extra_time(unit: str, code: str) -> ExtraTime:
    """Restore the class's deadline for one trainee; raise ``KitError`` if the trainee had no extra time."""
    code = _known(unit, code)
    before = trainee_deadline.deadline(unit, code)
    if not trainee_deadline.take_back(unit, code):
        raise KitError(say("attempts.extensions.none", unit=unit, code=Names.read().shown(code)))
    return _counted(unit, code, before)


def _known(unit: str, code: str) -> str:
    course.refuse_unknown(unit)
    code = code_of(code)
    if code not in gradebook.students():
        raise KitError(say("attempts.extensions.not_enrolled", code=Names.read().shown(code)))
    return code


def _counted(unit: str, code: str, before: datetime | None) -> ExtraTime:
    counts = recount(unit, code)
    return ExtraTime(unit, code, trainee_deadline.deadline(unit, code), counts.at if counts else None, before)
