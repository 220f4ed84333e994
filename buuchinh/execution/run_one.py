"""Runs the code of one submission, apart from all answer keys, with a cache.

For a class, ``execution.opened`` runs many; this runs one at a time, with one warm server for as long as
this process lives.
"""

from __future__ import annotations

import atexit
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from buuchinh.execution import cache, course_files, execution_report, executor, sandbox
from buuchinh.execution.course_files import Given
from buuchinh.execution.execution_report import Execution
from buuchinh.execution.executor import Executor, Laid
from buuchinh.execution.job import Limits, cell_name, job_of

__all__ = ["Execution", "Limits", "cell_name", "close", "run"]

_lock = threading.Lock()
_warm: dict[tuple[str, bool], tuple[Executor, Laid]] = {}
"""The warm server of this process, by what it was given and whether it isolates code: one at most.

It outlives a call of ``run``: the caller, a preprocessor of nbgrader, keeps nothing from one submission to the next.
"""


def run(
    notebook: Mapping[str, Any],
    unit: str,
    path: Path | None = None,
    *,
    files: Mapping[str, str] | None = None,
    unsafe: bool = False,
    limits: Limits | None = None,
) -> Execution:
    """Return what the notebook's code hands in, from the file ``path`` where the same content ran before.

    ``files`` are texts to lay beside the code, by name: the public questions of its version.
    Raises ``KitError`` where code must not run on this machine (see ``sandbox.missing``).
    """
    laid = course_files.pack(unit)
    job = job_of("", unit, notebook, files, limits)
    name = cache.key(job, laid)
    known = cache.read(path, name) if path else None
    if known:
        return known
    with _lock:
        found = execution_report.read(_executor(laid, unsafe=unsafe).run(job.to_bytes()), job)
    if path:
        cache.write(path, name, found)
    return found


def close() -> None:
    """End the warm server of this process, if there is one."""
    while _warm:
        own, laid = _warm.popitem()[1]
        own.close()
        laid.close()


def _executor(laid: Given, *, unsafe: bool) -> Executor:
    """Return the executor for this content of the course; there is one at a time."""
    name = (laid.digest, sandbox.refuse(unsafe=unsafe))
    if name not in _warm:
        close()
        folder = Laid(laid)
        _warm[name] = (executor.make(folder.path, laid.unit, unsafe=unsafe), folder)
    return _warm[name][0]


atexit.register(close)
