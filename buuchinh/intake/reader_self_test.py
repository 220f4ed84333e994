"""Test the readers on a submission made by the kit; if they crash on it, the kit is at fault and not a submission."""

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
from buuchinh.intake.decide_submission import decide
from buuchinh.intake.worker_pool import GivenUp, ReaderCall, Readers
from buuchinh.messages import say
from buuchinh.release import versions

_NO_UNIT = "bt00"
_NOBODY = codes.make("TEST0000")


class ReadersFail(KitError):
    """The readers crash on every input, so their failure on a submission says nothing about that submission."""


def require_readers(readers: Readers, now: datetime) -> None:
    """Raise ``ReadersFail`` if a reader crashes on a submission that is known to be good."""
    for _, result in readers.run([ReaderCall(tried, (now,))]):
        if isinstance(result, GivenUp):
            message = say("intake.stopped.ours", cause=say(f"intake.stopped.{result.cause}"))
            raise ReadersFail([Problem("", 0, message, say("intake.stopped.ours_way_out"))])


def tried(now: datetime) -> Iterator[bool]:
    """Yield True once the test submission has been read and decided on, whatever the decision is.

    This function runs in the reader processes. The released exercises are tried one after another until one succeeds,
    since a damaged release affects only submissions to that exercise.
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
    with checkpoints.use_listener(checkpoints.NOBODY), contextlib.suppress(KitError):
        for arrival in find_submissions.read_packed(io.BytesIO(_handed(unit)), f"{unit}_{_NOBODY}.zip"):
            decide(arrival, frozenset({_NOBODY}), now)


def _handed(unit: str) -> bytes:
    """Return the bytes of a zip that contains the released notebook and an ``answers.json`` without answers."""
    head: dict[str, Any] = {"unit": unit, "code": _NOBODY, "answers": {}}
    released = {} if unit == _NO_UNIT else versions.released(unit).notebook
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(course.ANSWERS, json.dumps(head))
        archive.writestr(f"{unit}.ipynb", json.dumps(released))
    return packed.getvalue()
