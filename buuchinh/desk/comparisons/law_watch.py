"""Find what of the course rests on law that lapses soon (``AHEAD``); computed once a day, in the background."""

from __future__ import annotations

import threading
from datetime import date

from buuchinh import course
from buuchinh.authoring import audit
from buuchinh.desk.tasks.now import AHEAD
from buuchinh.errors import KitError

_found: dict[date, tuple[tuple[str, str], ...]] = {}
_lock = threading.Lock()


def known() -> tuple[tuple[str, str], ...]:
    """Return (place, basis) for each concern found today; empty until ``look`` has ended."""
    return _found.get(course.today(), ())


def look() -> None:
    """Compare an audit of today with one of the day that is ``AHEAD``, unless that was done today."""
    day = course.today()
    with _lock:
        if day in _found:
            return
        try:
            today = {(one.name, one.ref) for one in audit.audit(day).concerns if one.fails}
            ahead = [one for one in audit.audit(day + AHEAD).concerns if one.fails]
        except (KitError, OSError):  # an instructor's copy without the course's tables
            ahead, today = [], set()
        _found[day] = tuple((one.name, one.basis) for one in ahead if (one.name, one.ref) not in today)
