"""One executor: sends a job, as bytes, to where its code runs and returns the report, as bytes.

Whatever the code of a submission does, ``run`` returns: time, memory and output are limited from outside too.
"""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from buuchinh.execution import sandbox, scratch
from buuchinh.execution.cold_executor import Cold
from buuchinh.execution.course_files import Given, lay_out
from buuchinh.execution.warm_executor import Warm

AHEAD = 3
"""Jobs for each executor that are read before their turn: enough that none waits while results are recorded."""


class Executor(Protocol):
    """Runs one job after the other."""

    def open(self) -> None:
        """Start what a job will need, which takes seconds; ``run`` does it where nobody did before."""

    def run(self, job: bytes) -> bytes:
        """Run a job and return its report."""

    def close(self) -> None:
        """End all that it has started; a job that is running comes back as lost."""


def make(folder: Path, unit: str, *, unsafe: bool = False) -> Executor:
    """Return an executor for ``unit`` around the course that ``given.lay_out`` made in ``folder``.

    Raises ``KitError`` where code cannot be isolated here and ``unsafe`` was not asked for.
    """
    isolated = sandbox.refuse(unsafe=unsafe)
    return Warm(folder, unit) if isolated else Cold(folder, unit, isolated=False)


class Laid:
    """A temporary folder with a ``Given`` in it, for as long as executors need it."""

    def __init__(self, given: Given) -> None:
        scratch.sweep()
        self._folder = scratch.folder()
        self.path = lay_out(given, Path(self._folder.name, "khoa-hoc"))

    def close(self) -> None:
        """Remove the folder."""
        self._folder.cleanup()
