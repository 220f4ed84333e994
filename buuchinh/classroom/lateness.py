"""Who was late: what came after the deadline is kept, told as late, and does not count."""

from __future__ import annotations

from datetime import datetime

from buuchinh import course
from buuchinh.classroom import gradebook


def is_late(unit: str, at: datetime | None) -> bool:
    """Whether a hand-in of that moment came after the deadline that is set now."""
    deadline = course.settings().deadline(unit)
    return deadline is not None and at is not None and at > deadline


def late(unit: str) -> dict[str, datetime]:
    """Return who handed in ``unit`` only after its deadline, and when last, by code, sorted.

    Whoever has something in ``submitted/`` has something that counts, until it is collected again.
    """
    if course.settings().deadline(unit) is None:
        return {}
    from buuchinh.intake import store  # what reads hand-ins takes long to load; most runs need none of it

    submitted = gradebook.folder("submitted")
    found: dict[str, datetime] = {}
    for code in store.trainees(unit):
        if not (submitted / code / unit).is_dir():
            times = [one.at for one in store.tries(unit, code)]
            if times and all(is_late(unit, at) for at in times):
                found[code] = times[-1]
    return found
