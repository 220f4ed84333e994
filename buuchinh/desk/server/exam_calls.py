"""Read what the buttons of a further sitting of an exam ask for: to draw it, to draw it anew, to release it."""

from __future__ import annotations

from typing import Any

from buuchinh import course
from buuchinh.errors import KitError
from buuchinh.exam import exam_groups, later_sittings
from buuchinh.messages import say
from buuchinh.results import sittings


def arguments(action: str, unit: str, *, redraw: bool, read: str) -> dict[str, Any]:
    """Return the arguments of the job ``action`` for the exam ``unit``.

    Raise ``KitError`` if the exam is released, so that a second press does nothing, if it is not the next sitting of
    one, if what it is drawn from is not in this copy of the course, or if it is to be released but was drawn anew since
    its questions were read: ``read`` is the fingerprint of the draw on the page.
    """
    if course.sheet_path(unit).is_file():
        raise KitError(say("desk.exam.is_out"))
    drawn = unit in later_sittings.unreleased()
    if action == "release":
        if not drawn:
            raise KitError(say("desk.errors.not_understood"))
        if read != later_sittings.fingerprint(unit):
            raise KitError(say("desk.exam.drawn_since"))
        return {"unit": unit}
    earlier = max(sittings.earlier(unit), key=lambda one: exam_groups.number(one) or 0, default="")
    if not drawn and (not earlier or later_sittings.following(earlier) != unit):
        raise KitError(say("desk.errors.not_understood"))
    if not later_sittings.can_be_drawn(unit):
        raise KitError(say("desk.exam.pool_gone"))
    forms = later_sittings.forms_like(unit if drawn else earlier)
    return {"unit": unit, "forms": forms} | ({"redraw": True} if redraw and drawn else {})
