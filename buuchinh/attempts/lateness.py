"""Who was late: an attempt after the deadline is kept, shown as late, and does not count."""

from __future__ import annotations

from datetime import datetime

from buuchinh import course
from buuchinh.attempts import extensions
from buuchinh.attempts.reader import attempts, trainees
from buuchinh.classroom import gradebook


def late(unit: str) -> dict[str, datetime]:
    """Return who handed in ``unit`` only after its deadline, and when last, by code, sorted.

    Whoever has something in ``submitted/`` has something that counts, until it is collected again.
    """
    if course.settings().deadline(unit) is None:
        return {}
    submitted = gradebook.folder(course.SUBMITTED)
    last: dict[str, datetime] = {}
    for code in trainees(unit):
        if not (submitted / code / unit).is_dir():
            kept = attempts(unit, code)
            if kept and all(extensions.is_late(unit, code, attempt.judged_at) for attempt in kept):
                last[code] = kept[-1].judged_at
    return last
