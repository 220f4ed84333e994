"""Create temporary folders, and delete those that killed processes left behind."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import stat
import tempfile
import time
from pathlib import Path

_NAME = re.compile(r"buuchinh-(\d+)-.+")
"""Pattern of a temporary folder's name; the number is the ID of the process that created the folder."""
_OLD = 86_400
"""Age in seconds after which a folder may be deleted; by then, no process in another container uses it."""


def folder() -> tempfile.TemporaryDirectory[str]:
    """Return a new temporary folder, deleted when its object is cleaned up or, after a kill, by a later ``sweep``."""
    return tempfile.TemporaryDirectory(prefix=f"buuchinh-{os.getpid()}-", ignore_cleanup_errors=True)


def sweep() -> None:
    """Delete this user's temporary folders that are more than a day old and whose creating process has ended."""
    for path in Path(tempfile.gettempdir()).glob("buuchinh-*"):
        named = _NAME.fullmatch(path.name)
        with contextlib.suppress(OSError):
            if named and _is_old_and_own(path.lstat()) and not _lives(int(named[1])):
                shutil.rmtree(path, ignore_errors=True)


def _is_old_and_own(about: os.stat_result) -> bool:
    own = os.name != "posix" or about.st_uid == os.getuid()  # on Windows the temporary folder belongs to the user
    return own and stat.S_ISDIR(about.st_mode) and about.st_mtime + _OLD < time.time()


def _lives(process: int) -> bool:
    if os.name != "posix":  # there ``kill`` would end the process, and no run takes a day
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
