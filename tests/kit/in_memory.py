"""Where tests put their folders: in memory where there is plenty, since they copy and remove some 200,000 files."""

from __future__ import annotations

import os
import re
from pathlib import Path

SHARED = Path("/dev/shm")  # pytest makes a folder of its own there
_ROOM = 6_000_000_000
"""Bytes that must be free there, and in the machine's memory: three times what tests have needed at once."""
_VARIABLE = "PYTEST_DEBUG_TEMPROOT"


def use() -> None:
    """Name the folder in memory to pytest and to the processes that it starts, unless somebody has named another."""
    if _fits():
        os.environ.setdefault(_VARIABLE, str(SHARED))


def _fits() -> bool:
    try:
        about = os.statvfs(SHARED)
        free = re.search(r"^MemAvailable: *(\d+) kB", Path("/proc/meminfo").read_text(encoding="utf-8"), re.MULTILINE)
    except (OSError, AttributeError):  # AttributeError: Windows has no statvfs
        return False
    room = min(about.f_bavail * about.f_frsize, int(free[1]) * 1024 if free else 0)
    return room >= _ROOM and not about.f_flag & os.ST_NOEXEC and os.access(SHARED, os.W_OK)
