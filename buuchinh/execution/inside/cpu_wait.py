"""Measure how long a submission waited for a processor, and whether the machine is busy without the submission.

Linux counts how long a process was ready to run while other processes had the processors. Neither an endless loop,
which runs, nor a sleep waits for more than a moment. The process that started the submission's process reads the count,
out of reach of the submitted code. The count does not say which processes had the processors; they may have been the
submission's own children. So the count decides only whether the submission is run once more, alone and after all
others. The result of that second run is final, unless the submission had to wait again and a process of the kit must
also wait once all processes of the submission have ended.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

_LOOK = 1.0
"""Seconds for which the machine's load is measured: several time slices of each of sixty processes."""


def waited(process: int) -> float:
    """Return how many seconds the process with this ID waited for a processor, or 0 if this is not counted."""
    return _counted(f"/proc/{process}/schedstat")[1]


def judged(seconds: Any, cell_seconds: float) -> dict[str, bool]:
    """Return the report's fields ``waited`` and ``busy`` for a submission whose process waited for ``seconds``.

    ``waited`` is True if the process waited for more than half of a cell's time limit, ``cell_seconds``. In that case,
    ``busy`` is True if the machine is still busy. Call this function after all processes of the submission have ended.
    """
    mostly = isinstance(seconds, int | float) and seconds > cell_seconds / 2
    return {"waited": mostly, "busy": mostly and _busy()}


def _busy() -> bool:
    """Return whether this process, looping for ``_LOOK`` seconds, waits for a processor for longer than it runs."""
    own = "/proc/thread-self/schedstat"
    ran, waited = _counted(own)
    until = time.monotonic() + _LOOK
    while time.monotonic() < until:
        pass
    ran_then, waited_then = _counted(own)
    return waited_then - waited > ran_then - ran


def _counted(path: str) -> tuple[float, float]:
    """Return how many seconds a process ran and waited, as read from its ``schedstat`` file at ``path``."""
    try:
        ran, waited, _ = Path(path).read_text(encoding="ascii").split()
    except (OSError, ValueError):
        return 0.0, 0.0
    return int(ran) / 1e9, int(waited) / 1e9
