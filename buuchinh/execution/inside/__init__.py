"""Code that runs inside the sandbox with the trainee's code; it has no answer keys, and its output is untrusted."""

from __future__ import annotations

import sys
from pathlib import Path

HOME, SHARED = "/tmp", "/dev/shm"  # noqa: S108  # inside the sandbox, made new for each submission
RESULTS = f"{HOME}/ket-qua.jsonl"
"""Path of the file to which ``submit`` writes, as stated by the environment variable ``BUUCHINH_RESULTS``."""
_FOUND_BY = str(Path(__file__).resolve().parents[3])


def command(module: str) -> list[str]:
    """Return the command that runs ``main`` in this package's ``module``, from this very copy of the kit.

    Python's ``-m`` would find only an installed copy and, with ``-I``, not even a copy in the current folder.
    """
    start = "import sys; sys.path.insert(0, sys.argv[1]); import buuchinh; del sys.path[0]"
    return [sys.executable, "-I", "-B", "-c", f"{start}; from {__name__}.{module} import main; main()", _FOUND_BY]
