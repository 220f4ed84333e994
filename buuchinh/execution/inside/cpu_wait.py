"""Measurement of a submission's waiting time for a processor, and of the load of the machine without it.

Linux counts for how long a process stood ready to run while others had the processors. An endless loop runs, a
sleep does neither: both wait for next to nothing. The count is read by the process that started the hand-in's,
where its code cannot reach, but it does not say who had the processors: the hand-in's own children may have.
So it decides one thing alone, that the hand-in is run once more, alone and after all others. What it gives then
holds, unless it had to wait again and a process of ours has to wait as well once all of the hand-in's have ended.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

_LOOK = 1.0
"""Seconds of measuring the load of the machine: several time slices of each of sixty processes."""


def waited(process: int) -> float:
    """Return the seconds for which ``process`` waited for a processor; 0 where the system does not count them."""
    return _counted(f"/proc/{process}/schedstat")[1]


def judged(seconds: Any, cell_seconds: float) -> dict[str, bool]:
    """Return the report's fields on a submission that waited for ``seconds``, after all its processes have ended.

    It ``waited`` where that was more than half of the time limit of a cell.
    """
    mostly = isinstance(seconds, int | float) and seconds > cell_seconds / 2
    return {"waited": mostly, "busy": mostly and _busy()}


def _busy() -> bool:
    """Whether a process on this machine now waits for longer than it runs."""
    own = "/proc/thread-self/schedstat"
    ran, kept = _counted(own)
    until = time.monotonic() + _LOOK
    while time.monotonic() < until:
        pass
    ran_then, kept_then = _counted(own)
    return kept_then - kept > ran_then - ran


def _counted(path: str) -> tuple[float, float]:
    """Return the seconds for which a process ran and waited."""
    try:
        ran, kept, _ = Path(path).read_text(encoding="ascii").split()
    except (OSError, ValueError):
        return 0.0, 0.0
    return int(ran) / 1e9, int(kept) / 1e9
