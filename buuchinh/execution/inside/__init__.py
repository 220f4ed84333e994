"""Runs inside the sandbox together with the trainee's code. Has no answer keys; its output is untrusted input."""

from __future__ import annotations

import sys
from pathlib import Path

HOME, SHARED = "/tmp", "/dev/shm"  # noqa: S108  # inside the sandbox, made new for each submission
RESULTS = f"{HOME}/ket-qua.jsonl"
"""The file that ``submit`` writes to; the environment names it in ``BUUCHINH_RESULTS``."""
_FOUND_BY = str(Path(__file__).resolve().parents[3])


def command(module: str) -> list[str]:
    """Return the command that runs ``module`` of this package, out of the very package that is running.

    Python's ``-m`` would find only one that is installed, and with ``-I`` none that lies in the folder one is in.
    """
    start = "import sys; sys.path.insert(0, sys.argv[1]); import buuchinh; del sys.path[0]"
    return [sys.executable, "-I", "-B", "-c", f"{start}; from {__name__}.{module} import main; main()", _FOUND_BY]
