"""Runs what used to take minutes or hours in a process of its own, which is ended when it does not come back.

What counts is its own processor time, so that a machine with other things to do makes no test fail.
"""

from __future__ import annotations

import subprocess
import sys

ENOUGH = 30
"""Seconds of processor time: several times what it takes, and a tenth or less of what it took."""
_CLOCK = 600
"""Seconds by the clock for what waits and does nothing, and for Windows, which has no such limit."""
_LIMIT = f"import resource; resource.setrlimit(resource.RLIMIT_CPU, ({ENOUGH}, {ENOUGH}))\n"


def within(code: str) -> str:
    """Return what ``code`` prints; fails where it does not end in time."""
    limit = "" if sys.platform == "win32" else _LIMIT
    ran = subprocess.run(  # our own words
        [sys.executable, "-c", limit + code], capture_output=True, encoding="utf-8", timeout=_CLOCK, check=False
    )
    assert ran.returncode == 0, ran.stderr or f"{ran.returncode}: not done in {ENOUGH} s of processor time"
    return ran.stdout.strip()
