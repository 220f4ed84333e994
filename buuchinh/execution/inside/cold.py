"""Runs one submission in a process started for it alone: where there is no fork, or a fork cannot be isolated.

Two processes. This one reads the job from stdin, lowers what it may use, starts the worker,
which reports to the same stdout, waits, ends it, and adds what ``submit`` wrote:
``{"values": text, "ended": …}`` is the last line. What was handed in before the end counts.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from buuchinh.execution.inside import command


def main() -> None:
    """Run the worker under the limits of the job and say what became of it."""
    data = sys.stdin.buffer.read()
    limits = json.loads(data)["limits"]
    _limit(limits)
    worker = subprocess.Popen(
        command("worker"),
        stdin=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    ended = "done"
    try:
        worker.communicate(data, timeout=limits["seconds"])
    except subprocess.TimeoutExpired:
        ended = "timeout"
    _end(worker)
    said = {"values": _read_capped(Path(os.environ["BUUCHINH_RESULTS"]), limits["values"]), "ended": ended}
    sys.stdout.buffer.write(b"\n" + json.dumps(said).encode("ascii") + b"\n")
    sys.stdout.buffer.flush()


def _end(worker: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(OSError):
        if os.name == "posix":
            os.killpg(worker.pid, signal.SIGKILL)
        else:
            worker.kill()
    worker.wait()


def _read_capped(path: Path, limit: int) -> str:
    try:
        if not path.is_file() or path.is_symlink():
            return ""
        with path.open("rb") as file:
            data = file.read(limit + 1)
        return data.decode("utf-8") if len(data) <= limit else ""
    except (OSError, ValueError):
        return ""


def _limit(limits: dict[str, Any]) -> None:
    """Lower what this and all its children may use, and become nobody where this is root inside a sandbox."""
    try:
        import resource
    except ImportError:  # Windows has no such limits; the host says so
        return
    uid = limits.get("uid")
    if uid:
        os.setgroups([])
        os.setgid(uid)
        os.setuid(uid)
    wanted = {
        "RLIMIT_AS": 2 * limits["memory"],  # address space: shared libraries weigh here too
        "RLIMIT_DATA": limits["memory"],
        "RLIMIT_CPU": limits["seconds"] + 5,
        "RLIMIT_FSIZE": limits["file"],
        "RLIMIT_NPROC": limits.get("processes"),
        "RLIMIT_CORE": 0,
    }
    for name, value in wanted.items():
        if value is not None and hasattr(resource, name):
            with contextlib.suppress(ValueError, OSError):
                resource.setrlimit(getattr(resource, name), (value, value))
