"""What runs inside the room, in one process with a trainee's code: it knows no key, and nobody outside believes it."""

from __future__ import annotations

import sys
from pathlib import Path

HOME, SHARED = "/tmp", "/dev/shm"  # noqa: S108  # inside the room, made new for each hand-in
RESULTS = f"{HOME}/ket-qua.jsonl"
"""The file that ``submit`` writes to; the environment names it in ``BUUCHINH_RESULTS``."""
_FOUND_BY = str(Path(__file__).resolve().parents[3])


def command(module: str) -> list[str]:
    """Return the command that runs ``module`` of this room, out of the very package that is running.

    Python's ``-m`` would find only one that is installed, and with ``-I`` none that lies in the folder one is in.
    """
    start = "import sys; sys.path.insert(0, sys.argv[1]); import buuchinh; del sys.path[0]"
    return [sys.executable, "-I", "-B", "-c", f"{start}; from {__name__}.{module} import main; main()", _FOUND_BY]
