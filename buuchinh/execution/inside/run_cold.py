"""Run one submission in a new process, for systems that cannot fork or cannot isolate a fork.

Two processes are involved. This process reads the job from stdin, lowers its own limits, and starts the worker, which
reports to the same stdout. This process then waits for the worker, ends it, and appends what ``submit`` wrote as the
last line: ``{"values": text, "ended": …, "waited": seconds}``. Values submitted before the worker was ended are kept.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from buuchinh.execution.inside import command, cpu_wait, memory, syscalls
from buuchinh.execution.inside.set_limits import lower

_TICK = 0.1


def main() -> None:
    """Run the worker under the limits of the job, and report on stdout how it ended."""
    data = sys.stdin.buffer.read()
    limits = json.loads(data)["limits"]
    _lower(limits)
    worker = subprocess.Popen(
        command("worker"),
        stdin=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    ended, waited = _wait(worker, data, limits)
    _end(worker)
    values = _read_capped(Path(os.environ["BUUCHINH_RESULTS"]), limits["values"])
    report = {"values": values, "ended": ended, "waited": waited}
    sys.stdout.buffer.write(b"\n" + json.dumps(report).encode("ascii") + b"\n")
    sys.stdout.buffer.flush()


def _wait(worker: subprocess.Popen[bytes], data: bytes, limits: dict[str, Any]) -> tuple[str, float]:
    """Send the worker its job, and wait until the worker ends or exceeds its limit on time or memory.

    Return ``done``, ``timeout`` or ``memory``, and how many seconds the worker waited for a processor.
    """
    isolated = _is_isolated(limits)  # otherwise all processes of this user would be counted
    until = time.monotonic() + limits["seconds"]
    left: bytes | None = data
    waited = 0.0
    while True:
        try:
            worker.communicate(left, timeout=_TICK)
        except subprocess.TimeoutExpired:
            left = None  # ``communicate`` keeps the input that is not written yet
            waited = cpu_wait.waited(worker.pid)
            if time.monotonic() > until:
                return "timeout", waited
            most = limits["memory"]
            if isolated and memory.used(besides={1, os.getpid()}, enough=most) > most:
                return "memory", waited
        else:
            return "done", waited


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
        return data.decode("utf-8", "replace") if len(data) <= limit else ""
    except OSError:
        return ""


def _lower(limits: dict[str, Any]) -> None:
    """Set limits for this process and its children; inside a sandbox, also drop root and all capabilities."""
    uid = limits.get("uid")
    if uid:
        os.setgroups([])
        os.setgid(uid)
        os.setuid(uid)
    lower(limits, forgiving=True)
    if _is_isolated(limits):
        from buuchinh.execution.inside import walls  # can be imported only on Linux

        walls.drop_rights()
    else:
        syscalls.refuse()


def _is_isolated(limits: dict[str, Any]) -> bool:
    return "uid" in limits
