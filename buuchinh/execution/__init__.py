"""Execution of submissions in sandboxes: jobs in, executions out, on this machine or on a Dask cluster.

``inside/`` runs in the sandbox, together with the code; everything else stays outside and treats its output
as untrusted input. Nothing in this package reads an answer key.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Protocol, Self

if TYPE_CHECKING:
    from buuchinh.execution.course_files import CourseArchive
    from buuchinh.execution.execution_report import Execution
    from buuchinh.execution.job import Job


class Executors(Protocol):
    """Several executors; leaving the ``with`` block ends all that they have started."""

    def __enter__(self) -> Self: ...
    def __exit__(self, *raised: object) -> None: ...

    @property
    def running(self) -> tuple[str, ...]:
        """Ids of the jobs that are running now; may be read from any thread."""

    def run(self, jobs: Iterable[Job]) -> Iterator[tuple[str, Execution]]:
        """Yield (id, execution) of each job as it completes, in any order.

        One that ran out of time while waiting for a processor is run once more, after all others and alone, and
        that run counts. ``jobs`` is read in the caller's thread and only a little ahead. No job raises: its errors
        are in its ``Execution``. ``KitError`` where nothing can run at all.
        """


def opened(
    archive: CourseArchive, *, workers: int = 2, unsafe: bool = False, scheduler: str | None = None
) -> Executors:
    """Return ``workers`` executors on this machine, or those of a Dask cluster at ``scheduler``.

    Raises ``KitError`` where code cannot be isolated here and ``unsafe`` was not asked for, or
    no cluster answers.
    """
    if scheduler:
        from buuchinh.execution.cluster import Cluster

        return Cluster(archive, scheduler)
    from buuchinh.execution.executor_pool import Pool

    return Pool(archive, workers=workers, unsafe=unsafe)
