"""Remember when something of the class was last changed on the desk, also when the server is started again.

``.jupyter/da-doi/<kind>`` is an empty file whose time is that of the change. No backup has it: what a backup lacks is
told by it.
"""

from __future__ import annotations

import contextlib
from datetime import datetime
from pathlib import Path
from typing import Literal

from buuchinh import course

Kind = Literal["marks", "other"]
"""The kind of a change: points given by a person, or anything else, such as a decision, a deadline or the list."""
_FOLDER = "da-doi"


def keep(kind: Kind) -> None:
    """Record that something was changed just now; what was changed is written already, so a full disk hides nothing."""
    with contextlib.suppress(OSError):
        path = _path(kind)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()


def at(kind: Kind) -> datetime | None:
    """Return when something of this kind was changed last, or None if it never was."""
    with contextlib.suppress(OSError):
        return datetime.fromtimestamp(_path(kind).stat().st_mtime).astimezone()
    return None


def _path(kind: Kind) -> Path:
    return course.root() / course.JUPYTER / _FOLDER / kind
