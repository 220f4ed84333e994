"""Run the code of a single submission, isolated from all answer keys, and cache the result.

``execution.opened`` runs a class's submissions in parallel; this module runs one submission at a time, in a warm server
that lives as long as this process.
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
"""This process's warm server, at most one, keyed by the hash of the course's files and whether code is isolated.

The server outlives a call to ``run``, since the caller, an nbgrader preprocessor, keeps no state between submissions.
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
    """Run a notebook and return its execution, or return the execution cached in ``path`` if the content is the same.

    ``files`` maps names to the text of files to place beside the code, such as the public questions of its version.
    Raise ``KitError`` if code must not run on this machine (see ``sandbox.missing``).
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
    """End this process's warm server, if any."""
    while _warm:
        own, laid = _warm.popitem()[1]
        own.close()
        laid.close()


def _executor(archive: CourseArchive, *, unsafe: bool) -> Executor:
    """Return the executor for the course in ``archive``, closing any executor for other content first."""
    name = (archive.digest, sandbox.refuse(unsafe=unsafe))
    if name not in _warm:
        close()
        folder = UnpackedCourse(archive)
        _warm[name] = (executor.make(folder.path, archive.unit, unsafe=unsafe), folder)
    return _warm[name][0]


atexit.register(close)
