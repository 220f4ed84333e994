"""Warm server: a process that loads the libraries and then forks for each submission, but reads none itself.

The server is started inside bubblewrap's sandbox with a Unix socket as stdin. The first request only tests whether the
server can isolate a child. Every later request is a message ``{"limits", "uid", "workplace", "kept"}`` with two
descriptors: the job, and the pipe for the report. The server forks, and the child reads the job only after it has
isolated itself. The server waits, ends a child that exceeds its limits, and answers ``{"ended", "waited"}`` with the
descriptor of the file to which ``submit`` wrote.
"""

from __future__ import annotations

import ast
import gc
import itertools
import json
import os
import select
import signal
import socket
import sys
import threading
import time
from pathlib import Path
from typing import Any

from buuchinh.execution.inside import HOME, cpu_wait, memory, walls, worker
from buuchinh.execution.inside.shell import Shell, make_shell
from buuchinh.notebooks import read_notebook, source_of, statements

_REPORT = 3
_MESSAGE = 65_536
_TICK = 0.05
_DRAW = """
import numpy as np, pandas as pd
import matplotlib.pyplot as plt
figure, axes = plt.subplots()
axes.bar(["a", "b"], [1, 2])
axes.set(title="Đ", xlabel="x", ylabel="y")
plt.show()
frame = pd.DataFrame({"a": ["1 kg", "2,5"], "b": pd.to_datetime(["2026-01-01", "2026-02-03"])})
display(frame.head(), frame["a"].str.lower().value_counts().sort_index(), frame["b"].dt.to_period("Q").astype(str))
1 / 0
"""


def main() -> None:
    """Load the libraries, report whether isolation works here, and serve requests until the socket closes."""
    control = socket.socket(fileno=os.dup(0))
    shell = load(Path(os.environ["BUUCHINH_COURSE"]))
    pids = walls.Pids()
    if threading.active_count() != 1:
        raise RuntimeError([thread.name for thread in threading.enumerate()])
    gc.collect()
    gc.freeze()  # or the first collection in a child would copy every page
    control.send(b'{"loaded": true}')
    trial = json.loads(control.recv(_MESSAGE))
    control.send(json.dumps({"ready": True, "walls": _try(pids, trial)}).encode())
    for number in itertools.count():
        message, descriptors, *_ = socket.recv_fds(control, _MESSAGE, 2)
        if not message:
            return
        if len(descriptors) == 2:  # others are late requests to stop a job that has ended
            _serve(control, pids, shell, json.loads(message), descriptors, f"{HOME}/{number}")


def load(course: Path) -> Shell:
    """Return a fresh shell with the modules for the exercise loaded.

    The shell runs the imports, a plot and an error once, so that their code is loaded too, and is then reset.
    """
    shell = make_shell()
    first = dict(shell.user_ns)
    for source in (*_imports(course), "from buuchinh import load, submit", _DRAW):
        shell.run(source, 60)
    shell.reset(new_session=True)
    shell.user_ns.update({name: value for name, value in first.items() if name not in shell.user_ns})
    return shell


def _imports(course: Path) -> list[str]:
    """Return the import statements in the released exercise's notebooks."""
    found = []
    for path in sorted(course.glob("exercises/*/*.ipynb")):
        for cell in read_notebook(path)["cells"]:
            body = statements(source_of(cell)) if cell["cell_type"] == "code" else None
            found += [
                ast.unparse(statement) for statement in body or () if isinstance(statement, ast.Import | ast.ImportFrom)
            ]
    return found


def _serve(
    control: socket.socket, pids: walls.Pids, shell: Shell, asked: dict[str, Any], received: list[int], results: str
) -> None:
    job, report = received
    values = os.open(results, os.O_RDONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
    os.chmod(results, 0o666)  # noqa: PTH101, S103  # the child is another user; nobody else is here
    child = pids.fork()
    if child == 0:
        _child(asked, job, report, results, shell)
    os.close(job)
    os.close(report)
    ended, waited = _wait(control, child, asked["limits"])
    Path(results).unlink()
    socket.send_fds(control, [json.dumps({"ended": ended, "waited": waited}).encode()], [values])
    os.close(values)


def _child(asked: dict[str, Any], job: int, report: int, results: str, shell: Shell) -> None:
    """Isolate this process, then read the job and run it; this function never returns."""
    status = 1
    try:
        walls.enter(asked, results)
        with os.fdopen(job, "rb") as file:
            data = file.read()
        os.dup2(report, _REPORT)
        os.closerange(_REPORT + 1, 65_536)
        nothing = os.open(os.devnull, os.O_RDWR)
        for descriptor in (0, 1, 2):
            os.dup2(nothing, descriptor)
        os.close(nothing)
        worker.run(data, _REPORT, shell)
        status = 0
    finally:
        os._exit(status)  # skip threads and exit hooks of the submission


def _wait(control: socket.socket, child: int, limits: dict[str, Any]) -> tuple[str, float]:
    """Wait for the child; return how it ended and how many seconds it waited for a processor.

    The child is killed when it exceeds its limit on time or memory, or on request from outside; the child's own
    children end with it.
    """
    handle = os.pidfd_open(child)
    watched = select.poll()
    watched.register(handle, select.POLLIN)
    watched.register(control, select.POLLIN)
    until = time.monotonic() + limits["seconds"]
    ended = "done"
    try:
        while handle not in (ready := [descriptor for descriptor, _ in watched.poll(_TICK * 1000)]):
            if ready:
                ended = "output" if control.recv(64) else "gone"
            elif time.monotonic() > until:
                ended = "timeout"
            elif memory.used(besides={1, os.getpid()}, enough=limits["memory"]) > limits["memory"]:
                ended = "memory"
            if ended != "done":
                os.kill(child, signal.SIGKILL)
                break
        waited = cpu_wait.waited(child)
        os.waitpid(child, 0)
    finally:
        os.close(handle)
    if ended == "gone":
        sys.exit(0)
    return ended, waited


def _try(pids: walls.Pids, asked: dict[str, Any]) -> bool:
    """Return whether isolation works on this machine and a child can be waited for as in ``_wait``."""
    results = Path(HOME, "trial")
    results.touch(0o666)
    try:
        child = pids.fork()
        if child == 0:
            _enter_and_leave(asked, str(results))
        os.close(os.pidfd_open(child))
    except OSError:
        return False
    return os.waitpid(child, 0)[1] == 0


def _enter_and_leave(asked: dict[str, Any], results: str) -> None:
    status = 1
    try:
        walls.enter(asked, results)
        status = 0
    finally:
        os._exit(status)
