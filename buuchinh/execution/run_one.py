"""Execution of a single submission, isolated from all answer keys, with a cache.

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
from buuchinh.execution.course_files import CourseArchive
from buuchinh.execution.execution_report import Execution
from buuchinh.execution.executor import Executor, UnpackedCourse
from buuchinh.execution.job import Limits, cell_name, job_of

__all__ = ["Execution", "Limits", "cell_name", "close", "run"]

_lock = threading.Lock()
_warm: dict[tuple[str, bool], tuple[Executor, UnpackedCourse]] = {}
"""The warm server of this process, by course content and isolation: one at most.

It outlives a call of ``run``: the caller, a preprocessor of nbgrader, keeps no state between submissions.
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
    """Return the execution of a notebook, from the cache ``path`` where the same content ran before.

    ``files`` are texts to lay beside the code, by name: the public questions of its version.
    Raises ``KitError`` where code must not run on this machine (see ``sandbox.missing``).
    """
    archive = course_files.pack(unit)
    job = job_of("", unit, notebook, files, limits)
    name = cache.key(job, archive)
    known = cache.read(path, name) if path else None
    if known:
        return known
    with _lock:
        execution = execution_report.read(_executor(archive, unsafe=unsafe).run(job.to_bytes()), job)
    if path:
        cache.write(path, name, execution)
    return execution


def close() -> None:
    """End the warm server of this process, if there is one."""
    while _warm:
        own, laid = _warm.popitem()[1]
        own.close()
        laid.close()


def _executor(archive: CourseArchive, *, unsafe: bool) -> Executor:
    """Return the executor for this content of the course; there is one at a time."""
    name = (archive.digest, sandbox.refuse(unsafe=unsafe))
    if name not in _warm:
        close()
        folder = UnpackedCourse(archive)
        _warm[name] = (executor.make(folder.path, archive.unit, unsafe=unsafe), folder)
    return _warm[name][0]


atexit.register(close)
