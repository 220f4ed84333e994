"""One command over a class at a time: the second waits for the first and says so.

What a command that was killed left half written is removed by the next one.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from buuchinh import course
from buuchinh.classroom import gradebook
from buuchinh.files import remove_unfinished
from buuchinh.locks import locked
from buuchinh.messages import say

LOCK = ".dang-cham"
RUNNING = ".dang-chay"
"""Lies beside the lock while a command runs; where it lies when one begins, the last one was killed."""

_has_it: ContextVar[bool] = ContextVar("turn", default=False)


@contextmanager
def turn() -> Iterator[None]:
    """Run the body, or the function that this decorates, while no other command writes anything of the class.

    Within it whoever has the turn may ask for it again.
    """
    if _has_it.get():
        yield
        return
    folder = course.root() / course.OUTCOMES
    with locked(folder / LOCK, waiting=_told):
        token = _has_it.set(True)
        mark = folder / RUNNING
        if mark.exists():
            _sweep()
        with contextlib.suppress(OSError):  # of a full disk
            mark.touch()
        try:
            yield
        finally:
            _has_it.reset(token)
            with contextlib.suppress(OSError):
                mark.unlink(missing_ok=True)


def _told() -> None:
    sys.stderr.write(say("classroom.turn.waiting") + "\n")
    sys.stderr.flush()


def _sweep() -> None:
    """Remove unfinished files of the class; a trainee's own folder, in which a kernel may write, is left alone."""
    for folder in course.PERSONAL_FOLDERS:
        if folder.name != course.WORK:
            remove_unfinished(gradebook.place(folder), below=True)
