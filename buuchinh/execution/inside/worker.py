"""Runner of one submission's cells, which writes their outputs, one JSON line per cell.

It imports only this folder of the kit.

``main`` is the worker of ``cold``: the job comes on stdin, the report goes to stdout.
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
    """Copy the files released beside the notebook into the folder in which the code runs."""
    released = course / "exercises" / job["unit"]
    for path in released.glob("*") if released.is_dir() else ():
        if path.is_file() and path.suffix != ".ipynb":
            shutil.copyfile(path, path.name)
    for name, text in job["files"].items():
        Path(Path(name).name).write_text(text, encoding="utf-8")


def run(data: bytes, report: int, shell: Shell) -> None:
    """Run the job's cells one after the other and report each; a failing cell does not stop the next."""
    job = json.loads(data)
    lay_files(job, Path(os.environ["BUUCHINH_COURSE"]))
    _seed(job["cells"])
    socket_pairs.stand_in()
    sys.path.insert(0, "")  # as in a notebook: a module beside it can be imported
    me = os.getpid()
    for cell in job["cells"]:
        outputs, failed = shell.run(cell["source"], job["limits"]["cell_seconds"])
        if os.getpid() != me:  # a copy that the cell made of this process
            os._exit(0)
        _write(report, {"id": cell["id"], "outputs": outputs, "error": failed})
    _write(report, {"end": True})


def _seed(cells: list[dict[str, str]]) -> None:
    """Seed random numbers by the code: equal for the same code, different for two submissions."""
    seed = int.from_bytes(hashlib.sha256(json.dumps(cells).encode("ascii")).digest()[:4], "big")
    random.seed(seed)
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed(seed)


def _write(report: int, said: dict[str, Any]) -> None:
    left = memoryview(json.dumps(said).encode("ascii") + b"\n")
    while left:
        left = left[os.write(report, left) :]


def main() -> None:
    """Read the job from stdin, and keep stdin and stdout from it."""
    data = sys.stdin.buffer.read()
    report = os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nothing, descriptor)
    os.close(nothing)
    import numpy as np  # noqa: F401  # so that its chance is seeded too

    run(data, report, make_shell())
    os._exit(0)  # threads and exit hooks of the hand-in have had their time
