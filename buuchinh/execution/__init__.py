"""Run submitted code in sandboxes, on this machine or on a Dask cluster: jobs go in, and executions come out.

The modules in ``inside/`` run in the sandbox together with the submitted code. All other modules run outside and treat
the sandbox's output as untrusted input. Nothing in this package reads an answer key.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Protocol, Self

if TYPE_CHECKING:
    from buuchinh.execution.course_files import CourseArchive
    from buuchinh.execution.execution_report import Execution
    from buuchinh.execution.job import Job


class Executors(Protocol):
    """Several executors as a context manager; leaving the ``with`` block ends every process that they started."""

    def __enter__(self) -> Self: ...
    def __exit__(self, *raised: object) -> None: ...

    @property
    def running(self) -> tuple[str, ...]:
        """The IDs of the jobs that are now running; this property may be read from any thread."""

    def run(self, jobs: Iterable[Job]) -> Iterator[tuple[str, Execution]]:
        """Yield the ID and the execution of each job as it completes, in any order.

        A job that ran out of time while waiting for a processor is run once more, after all other jobs and alone, and
        only the second execution is yielded. ``jobs`` is read in the caller's thread, only a few jobs ahead. No job
        raises an exception, since its errors are in its ``Execution``. Raise ``KitError`` if nothing can run at all.
        """


def opened(
    archive: CourseArchive, *, workers: int = 2, unsafe: bool = False, scheduler: str | None = None
) -> Executors:
    """Return ``workers`` executors on this machine, or those of the Dask cluster at the address ``scheduler``.

    ``archive`` contains the course's files. Raise ``KitError`` if code cannot be isolated on this machine and
    ``unsafe`` is False, or if the cluster does not answer.
    """
    if scheduler:
        from buuchinh.execution.cluster import Cluster

        return Cluster(archive, scheduler)
    from buuchinh.execution.executor_pool import Pool

    return Pool(archive, workers=workers, unsafe=unsafe)
