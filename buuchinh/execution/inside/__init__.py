"""Code that runs inside the sandbox together with the trainee's. Has no answer keys; its output is untrusted."""

from __future__ import annotations

import sys
from pathlib import Path

HOME, SHARED = "/tmp", "/dev/shm"  # noqa: S108  # inside the sandbox, made new for each submission
RESULTS = f"{HOME}/ket-qua.jsonl"
"""The file that ``submit`` writes to; the environment names it in ``BUUCHINH_RESULTS``."""
_FOUND_BY = str(Path(__file__).resolve().parents[3])


def command(module: str) -> list[str]:
    """Return the command that runs ``module`` of this package, from the same copy of the package.

    Python's ``-m`` would find only an installed one, and with ``-I`` none in the current folder.
    """
    start = "import sys; sys.path.insert(0, sys.argv[1]); import buuchinh; del sys.path[0]"
    return [sys.executable, "-I", "-B", "-c", f"{start}; from {__name__}.{module} import main; main()", _FOUND_BY]
