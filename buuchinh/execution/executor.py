"""Executors, which run a job given as bytes and return its report as bytes.

``run`` returns whatever the code of a submission does: time, memory and output are limited from outside too.
"""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from buuchinh.execution import sandbox, scratch
from buuchinh.execution.cold_executor import Cold
from buuchinh.execution.course_files import CourseArchive, unpack
from buuchinh.execution.warm_executor import Warm

AHEAD = 3
"""Number of jobs read ahead for each executor, so that none is idle while results are recorded."""


class Executor(Protocol):
    """Executor that runs one job after the other."""

    def open(self) -> None:
        """Start the processes for jobs, which takes seconds; ``run`` does so where it was not called."""

    def run(self, job: bytes) -> bytes:
        """Run a job and return its report."""

    def close(self) -> None:
        """End all started processes; a running job is reported as lost."""


def make(folder: Path, unit: str, *, unsafe: bool = False) -> Executor:
    """Return an executor for ``unit`` around the course that ``course_files.unpack`` made in ``folder``.

    Raises ``KitError`` where code cannot be isolated here and ``unsafe`` was not asked for.
    """
    isolated = sandbox.refuse(unsafe=unsafe)
    return Warm(folder, unit) if isolated else Cold(folder, unit, isolated=False)


class UnpackedCourse:
    """A temporary folder with an unpacked ``CourseArchive``, until ``close``."""

    def __init__(self, archive: CourseArchive) -> None:
        scratch.sweep()
        self._folder = scratch.folder()
        self.path = unpack(archive, Path(self._folder.name, "khoa-hoc"))

    def close(self) -> None:
        """Remove the folder."""
        self._folder.cleanup()
