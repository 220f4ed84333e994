"""Run the cells of one submission, and write each cell's outputs as one JSON line.

Of the kit, this module imports only this folder and ``blanks``. ``main`` is the worker of ``run_cold``; it reads the
job from stdin and writes the report to stdout.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import sys
from pathlib import Path
from typing import Any

from buuchinh.execution.inside import socket_pairs
from buuchinh.execution.inside.shell import Shell, make_shell


def lay_files(job: dict[str, Any], course: Path) -> None:
    """Copy the files released beside the notebook, and write the job's own files, into the current folder."""
    released = course / "exercises" / job["unit"]
    for path in released.glob("*") if released.is_dir() else ():
        if path.is_file() and path.suffix != ".ipynb":
            shutil.copyfile(path, path.name)
    for name, text in job["files"].items():
        Path(Path(name).name).write_text(text, encoding="utf-8")


def run(data: bytes, report: int, shell: Shell) -> None:
    """Run the cells of the job ``data`` in order, even after failures; report each to the descriptor ``report``."""
    job = json.loads(data)
    lay_files(job, Path(os.environ["BUUCHINH_COURSE"]))
    _seed(job["cells"])
    socket_pairs.stand_in()
    sys.path.insert(0, "")  # as in a notebook: a module beside it can be imported
    me = os.getpid()
    for cell in job["cells"]:
        outputs, failed = shell.run(cell["source"], job["limits"]["cell_seconds"])
        if os.getpid() != me:  # this is a copy of the process that the cell forked
            os._exit(0)
        _write(report, {"id": cell["id"], "outputs": outputs, "error": failed})
    _write(report, {"end": True})


def _seed(cells: list[dict[str, str]]) -> None:
    """Seed the random number generators with a hash of the code, so that the same code gets the same numbers."""
    seed = int.from_bytes(hashlib.sha256(json.dumps(cells).encode("ascii")).digest()[:4], "big")
    random.seed(seed)
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed(seed)


def _write(report: int, message: dict[str, Any]) -> None:
    left = memoryview(json.dumps(message).encode("ascii") + b"\n")
    while left:
        left = left[os.write(report, left) :]


def main() -> None:
    """Read the job from stdin and run it without access to stdin, stdout or stderr."""
    data = sys.stdin.buffer.read()
    report = os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nothing, descriptor)
    os.close(nothing)
    import numpy as np  # noqa: F401  # so that its generator is seeded too

    run(data, report, make_shell())
    os._exit(0)  # skip threads and exit hooks of the submission
