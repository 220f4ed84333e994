"""Run jobs on a Dask cluster.

Jobs and reports are sent as bytes, and each worker runs jobs as the local pool does. The course's files are sent once
to each worker, as a separate task, so a worker that joins later, or replaces one that died, gets them from the
scheduler. Answer keys are never sent. Each worker keeps one warm server (see ``inside.fork_server``) for each job that
it runs at a time.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterable, Iterator
from typing import Any, Self

from buuchinh.errors import KitError, Problem
from buuchinh.execution import cache, execution_report, executor, sandbox
from buuchinh.execution.course_files import CourseArchive
from buuchinh.execution.execution_report import Execution
from buuchinh.execution.executor import AHEAD, Executor, UnpackedCourse
from buuchinh.execution.job import Job
from buuchinh.messages import say

_CONNECT = 15


class Cluster:
    """Executors on the workers of the Dask scheduler at ``address``."""

    def __init__(self, archive: CourseArchive, address: str) -> None:
        self._address, self._archive = address, archive
        self._client = _connect(address)
        try:
            self._check()
            self._sent = self._client.submit(_same, archive, key=f"buuchinh-given-{archive.digest}")
        except BaseException:
            self.close()
            raise
        self._running: dict[Any, str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    @property
    def running(self) -> tuple[str, ...]:
        """The IDs of the jobs sent to workers whose results have not arrived."""
        return tuple(self._running.copy().values())

    def run(self, jobs: Iterable[Job]) -> Iterator[tuple[str, Execution]]:
        """Yield the ID and the execution of each job as it completes; see ``Executors``."""
        starved = []
        for job, found in self._through(jobs):
            if found.starved:
                starved.append(job)
            else:
                yield job.id, found
        for job in starved:
            yield from ((one.id, found) for one, found in self._through([job]))

    def _through(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, Execution]]:
        """Yield each job with its execution, keeping all threads of the cluster busy.

        Raise ``KitError`` if the cluster can no longer be reached.
        """
        from distributed import as_completed
        from distributed.client import FutureCancelledError

        todo: dict[Any, Job] = {}
        waiting, left = iter(jobs), True
        done = as_completed(loop=self._client.loop, raise_errors=False)
        while left or todo:
            while left and len(todo) < self._places() * AHEAD:
                job = next(waiting, None)
                if job is None:
                    left = False
                else:
                    future = self._client.submit(_run, job.to_bytes(), self._sent, pure=False)
                    todo[future] = job
                    self._running[future] = job.id
                    done.add(future)
            if todo:
                future = next(done)
                job = todo.pop(future)
                self._running.pop(future)
                try:
                    yield job, execution_report.read(self._report(future), job)
                except (OSError, FutureCancelledError) as error:
                    raise self._problem("gone") from error

    def close(self) -> None:
        """Close the connection; jobs that have not started are not run."""
        with contextlib.suppress(Exception):  # the cluster may be gone
            self._client.close(timeout=5)

    def _report(self, future: Any) -> bytes:
        """Return a job's report, which states ``lost`` if several workers died while running the job."""
        if future.status == "error":
            error = future.exception()
            if isinstance(error, KitError):
                raise error
            return execution_report.pack("lost", 0.0, isolated=True, how="warm")
        report: bytes = future.result()
        return report

    def _places(self) -> int:
        """Return the number of jobs that the cluster can now run at the same time."""
        threads: dict[str, int] = self._client.nthreads()
        return max(1, sum(threads.values()))

    def _check(self) -> None:
        """Raise ``KitError`` if there are no workers, or if one has other package versions or cannot isolate code."""
        workers: dict[str, tuple[str, str | None]] = self._client.run(_about)
        if not workers:
            raise self._problem("no_workers")
        problems = []
        for worker, (environment, missing) in sorted(workers.items()):
            reason = missing
            if environment != cache.environment():
                reason = say("execution.cluster.other_versions", there=environment, here=cache.environment())
            if reason:
                message = say("execution.cluster.not_ready", worker=worker, reason=reason)
                problems.append(Problem("", 0, message, say("execution.cluster.not_ready_way_out")))
        if problems:
            raise KitError(problems)

    def _problem(self, name: str) -> KitError:
        message = say(f"execution.cluster.{name}", address=self._address)
        return KitError(message, say(f"execution.cluster.{name}_way_out", address=self._address))


def _connect(address: str) -> Any:
    try:
        from distributed import Client
    except ImportError as error:
        raise KitError(
            say("execution.cluster.not_installed"), say("execution.cluster.not_installed_way_out")
        ) from error
    try:
        return Client(address, timeout=_CONNECT, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        message = say("execution.cluster.no_answer", address=address, reason=str(error).splitlines()[0][:200])
        raise KitError(message, say("execution.cluster.no_answer_way_out")) from error


def _same(archive: CourseArchive) -> CourseArchive:
    return archive


def _about() -> tuple[str, str | None]:
    """Return this worker's package versions, and why it cannot isolate code, or None if it can."""
    return cache.environment(), sandbox.missing()


class _Servers:
    """The warm servers of one worker, all for the course files of the worker's most recent job."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._free: dict[str, list[Executor]] = {}
        self._courses: dict[str, UnpackedCourse] = {}

    def run(self, job: bytes, given: CourseArchive) -> bytes:
        """Run one job in a free server, or in a new server if none is free, and return the job's report."""
        with self._lock:
            if given.digest not in self._courses:  # another course or version: remove the last one
                self._forget()
                self._courses[given.digest] = UnpackedCourse(given)
            free = self._free.setdefault(given.digest, [])
            own = free.pop() if free else executor.make(self._courses[given.digest].path, given.unit)
        try:
            return own.run(job)
        finally:
            with self._lock:
                if given.digest in self._courses:
                    self._free.setdefault(given.digest, []).append(own)
                else:
                    own.close()

    def _forget(self) -> None:
        for digest in list(self._courses):
            for own in self._free.pop(digest, []):
                own.close()
            self._courses.pop(digest).close()


_servers = _Servers()
"""This process's servers if it is a worker; they are global because nothing else survives from task to task."""


def _run(job: bytes, archive: CourseArchive) -> bytes:
    """Run one job and return its report; this function is called on the worker."""
    return _servers.run(job, archive)
