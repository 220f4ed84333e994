"""Find the folders of other classes, and open one in a server of its own beside this one."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from buuchinh import course
from buuchinh.classroom import gradebook
from buuchinh.desk.other_classes import separate_process
from buuchinh.errors import KitError
from buuchinh.messages import say

_AGAIN = 20.0
"""Seconds within which a second press for the same folder opens nothing more."""
_opened: dict[Path, float] = {}


def beside() -> list[Path]:
    """Return the folders of real classes beside the one that is open, sorted by name."""
    here = course.root().resolve()
    found = (path for path in here.parent.iterdir() if not path.name.startswith("."))
    return sorted(path for path in found if path.resolve() != here and _is_class(path))


def open_beside(text: str) -> Path:
    """Open the class in the folder ``text`` as an instructor's file to double-click does, and return the folder.

    Its gradebook is its own, whatever the environment names. Raise ``KitError`` if the folder holds no class, or if it
    is open here already.
    """
    given = Path(text.strip().strip('"')).expanduser()
    folder = given if given.is_absolute() else course.root().parent / given
    if not _is_class(folder):
        raise KitError(say("desk.list.no_class", folder=text.strip()))
    folder = folder.resolve()
    if folder == course.root().resolve():
        raise KitError(say("desk.list.this_class"))
    if time.monotonic() - _opened.get(folder, -_AGAIN) >= _AGAIN:
        _opened[folder] = time.monotonic()
        environment = {name: value for name, value in os.environ.items() if name != gradebook.URL_VARIABLE}
        command = [sys.executable, "-m", "buuchinh", "lab", "--instructor"]
        separate_process.start(command, {**environment, course.ROOT_VARIABLE: str(folder)})
    return folder


def _is_class(folder: Path) -> bool:
    try:
        known = (folder / course.SETTINGS).is_file() and (folder / course.EXERCISES).is_dir()
        return known and not course.is_practice_class(folder)
    except OSError:
        return False
