"""Set the class's deadline of one unit, and let count at once what counts then."""

from __future__ import annotations

from datetime import datetime

from buuchinh import course
from buuchinh.classroom import gradebook
from buuchinh.classroom.turn import turn
from buuchinh.course.deadlines import set_deadline
from buuchinh.intake import collect


@turn()
def change(unit: str, until: datetime | None) -> int:
    """Set the deadline of ``unit``, none for None; return of how many of the class a submission counts now.

    Raises ``KitError`` for a unit that is not there and for settings that cannot be read.
    """
    course.refuse_unknown(unit)
    set_deadline(unit, until)
    return sum(collect.recount(unit, code) is not None for code in gradebook.students())
