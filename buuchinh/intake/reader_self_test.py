"""Tries readers on a hand-in of the kit's own: where they fall on that too, the fault is ours and no trainee's."""

from __future__ import annotations

import contextlib
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from buuchinh import codes, course
from buuchinh.errors import KitError, Problem
from buuchinh.intake import checkpoints, find_submissions
from buuchinh.intake.decide import decide
from buuchinh.intake.worker_pool import Call, GivenUp, Readers
from buuchinh.messages import say
from buuchinh.release import versions

_NO_UNIT = "bt00"
_NOBODY = codes.make("TEST0000")


class ReadersFail(KitError):
    """Readers fall on whatever they are given: what they say of a hand-in says nothing about it."""


def require_readers(readers: Readers, now: datetime) -> None:
    """Raise ``ReadersFail`` where a reader falls on a hand-in that is known to be good."""
    for _, found in readers.run([Call(tried, (now,))]):
        if isinstance(found, GivenUp):
            said = say("intake.stopped.ours", cause=say(f"intake.stopped.{found.cause}"))
            raise ReadersFail([Problem("", 0, said, say("intake.stopped.ours_way_out"))])


def tried(now: datetime) -> Iterator[bool]:
    """Read the hand-in, decide on it and yield True, whatever is decided: what a reader runs.

    One exercise that can be read is enough: a release that is damaged stops nothing but what belongs to it.
    """
    units = [name for name in course.released_units() if versions.versions(name)] or [_NO_UNIT]
    for unit in units:
        try:
            _try(unit, now)
        except Exception:
            if unit == units[-1]:
                raise
        else:
            break
    yield True


def _try(unit: str, now: datetime) -> None:
    with checkpoints.heard_by(checkpoints.NOBODY), contextlib.suppress(KitError):
        for arrival in find_submissions.read_packed(io.BytesIO(_handed(unit)), f"{unit}_{_NOBODY}.zip"):
            decide(arrival, frozenset({_NOBODY}), now)


def _handed(unit: str) -> bytes:
    """Return the released notebook and no answers as one zip."""
    head: dict[str, Any] = {"unit": unit, "code": _NOBODY, "answers": {}}
    released = {} if unit == _NO_UNIT else versions.released(unit).notebook
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(course.ANSWERS, json.dumps(head))
        archive.writestr(f"{unit}.ipynb", json.dumps(released))
    return packed.getvalue()
