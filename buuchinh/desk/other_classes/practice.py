"""Open the class to practise on in a server of its own, and remove it again."""

from __future__ import annotations

import sys
import time
from contextlib import suppress

from buuchinh import course
from buuchinh.desk.other_classes import separate_process
from buuchinh.errors import KitError
from buuchinh.messages import say
from buuchinh.practice_class import practice_folder

_AGAIN = 60.0
"""Seconds within which a second press opens nothing more."""
_last = 0.0


def open_beside() -> None:
    """Start ``buuchinh demo --open``, which makes the class where there is none, and opens it in the browser."""
    global _last  # noqa: PLW0603  # one server has one button
    if course.is_practice_class():
        raise KitError(say("desk.practice.inside"))
    if time.monotonic() - _last < _AGAIN and _last:
        return
    _last = time.monotonic()
    separate_process.start([sys.executable, "-m", "buuchinh", "demo", "--open"])


def remove() -> bool:
    """Remove the class to practise on, and return whether there was one."""
    with suppress(FileNotFoundError):
        return practice_folder.remove()
    return False
