"""Create executors, which run a job given as bytes and return its report as bytes.

An executor's ``run`` always returns, whatever the submitted code does, because time, memory and output are also limited
from outside.
"""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from buuchinh.execution import sandbox, scratch
from buuchinh.execution.cold_executor import Cold
from buuchinh.execution.course_files import CourseArchive, unpack
from buuchinh.execution.warm_executor import Warm

AHEAD = 3
"""Number of jobs to read ahead for each executor, so that none is idle while results are recorded."""


class Executor(Protocol):
    """Protocol of an executor, which runs one job at a time."""

    def open(self) -> None:
        """Start the processes for jobs, which takes seconds; without this call, the first ``run`` starts them."""

    def run(self, job: bytes) -> bytes:
        """Run a job and return its report."""

    def close(self) -> None:
        """End all started processes; a job that is running is reported as ``lost``."""


def make(folder: Path, unit: str, *, unsafe: bool = False) -> Executor:
    """Return an executor for ``unit`` that uses the course unpacked in ``folder`` by ``course_files.unpack``.

    Raise ``KitError`` if code cannot be isolated on this machine and ``unsafe`` is False.
    """
    isolated = sandbox.refuse(unsafe=unsafe)
    return Warm(folder, unit) if isolated else Cold(folder, unit, isolated=False)


class UnpackedCourse:
    """A temporary folder with an unpacked ``CourseArchive``; the folder exists until ``close`` is called."""

    def __init__(self, archive: CourseArchive) -> None:
        scratch.sweep()
        self._folder = scratch.folder()
        self.path = unpack(archive, Path(self._folder.name, "khoa-hoc"))

    def close(self) -> None:
        """Remove the folder."""
        self._folder.cleanup()
