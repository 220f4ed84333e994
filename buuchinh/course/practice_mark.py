"""Recognise the folder of a class to practise on, whose people and answers are all made up.

The file ``lop-thu.json`` in its root marks such a folder. The mark is a file rather than a setting, because backups
carry ``course.toml``, and a restored backup must not turn a real class into one that may be removed.
"""

from __future__ import annotations

import os
from pathlib import Path

from buuchinh.course.layout import root

PRACTICE_MARK = "lop-thu.json"


def is_practice_class(folder: Path | None = None) -> bool:
    """Return whether ``folder``, by default the course in use, is a class to practise on."""
    return os.path.isfile((folder or root()) / PRACTICE_MARK)  # noqa: PTH113  # a name that is too long has no mark


def practice_class_of(path: Path) -> Path | None:
    """Return the class to practise on that contains ``path`` (or is that folder), or None if there is none."""
    place = path.resolve()
    return next((folder for folder in (place, *place.parents) if is_practice_class(folder)), None)
