"""Executors on a Dask cluster: jobs and reports are sent as bytes, and each worker runs jobs as the local pool does.

What a job needs of the course is sent once to each worker, as a task of its own: a worker that joins
later, or takes over from one that died, gets it again from the scheduler. Answer keys are never sent. Each
worker keeps one warm server for each job that it runs at a time.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterable, Iterator
from typing import Any, Self

from buuchinh.errors import KitError, Problem
from buuchinh.execution import cache, execution_report, executor, sandbox
from buuchinh.execution.course_files import Given
from buuchinh.execution.execution_report import Execution
from buuchinh.execution.executor import AHEAD, Executor, Laid
from buuchinh.execution.job import Job
from buuchinh.messages import say

_CONNECT = 15


class Cluster:
    """Executors on the workers of the scheduler ``address``."""

    def __init__(self, given: Given, address: str) -> None:
        self._address, self._given = address, given
        self._client = _connect(address)
        try:
            self._check()
            self._sent = self._client.submit(_same, given, key=f"buuchinh-given-{given.digest}")
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
        """The ids of the jobs that were sent to workers and have no report yet."""
        return tuple(self._running.copy().values())

    def run(self, jobs: Iterable[Job]) -> Iterator[tuple[str, Execution]]:
        """Yield (id, execution) of each job as it completes; see ``Executors``."""
        starved = []
        for job, found in self._through(jobs):
            if found.starved:
                starved.append(job)
            else:
                yield job.id, found
        for job in starved:
            yield from ((one.id, found) for one, found in self._through([job]))

    def _through(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, Execution]]:
        """Send jobs to all places of the cluster."""
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
        """Close the connection; jobs that were not begun are not run."""
        with contextlib.suppress(Exception):  # it may be the cluster that has gone
            self._client.close(timeout=5)

    def _report(self, future: Any) -> bytes:
        """Return a report; of a job with which several workers died, one that says so."""
        if future.status == "error":
            error = future.exception()
            if isinstance(error, KitError):
                raise error
            return execution_report.pack("lost", 0.0, isolated=True, how="warm")
        found: bytes = future.result()
        return found

    def _places(self) -> int:
        """Return how many jobs the cluster runs at a time, now."""
        found: dict[str, int] = self._client.nthreads()
        return max(1, sum(found.values()))

    def _check(self) -> None:
        """Refuse a cluster without workers, or with one whose results could differ or that cannot isolate code."""
        found: dict[str, tuple[str, str | None]] = self._client.run(_about)
        if not found:
            raise self._problem("no_workers")
        problems = []
        for worker, (environment, missing) in sorted(found.items()):
            reason = missing
            if environment != cache.environment():
                reason = say("execution.cluster.other_versions", there=environment, here=cache.environment())
            if reason:
                said = say("execution.cluster.not_ready", worker=worker, reason=reason)
                problems.append(Problem("", 0, said, say("execution.cluster.not_ready_way_out")))
        if problems:
            raise KitError(problems)

    def _problem(self, name: str) -> KitError:
        said = say(f"execution.cluster.{name}", address=self._address)
        return KitError([Problem("", 0, said, say(f"execution.cluster.{name}_way_out", address=self._address))])


def _connect(address: str) -> Any:
    try:
        from distributed import Client
    except ImportError as error:
        problem = Problem("", 0, say("execution.cluster.not_installed"), say("execution.cluster.not_installed_way_out"))
        raise KitError([problem]) from error
    try:
        return Client(address, timeout=_CONNECT, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        said = say("execution.cluster.no_answer", address=address, reason=str(error).splitlines()[0][:200])
        raise KitError([Problem("", 0, said, say("execution.cluster.no_answer_way_out"))]) from error


def _same(given: Given) -> Given:
    return given


def _about() -> tuple[str, str | None]:
    """Return, at a worker, its package versions and why it could not isolate code."""
    return cache.environment(), sandbox.missing()


class _Servers:
    """The warm servers of one worker, for the course that its last job was of."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._free: dict[str, list[Executor]] = {}
        self._laid: dict[str, Laid] = {}

    def run(self, job: bytes, given: Given) -> bytes:
        """Run one job in a server that is free, or in a new one."""
        with self._lock:
            if given.digest not in self._laid:  # another course, or another day's: what is left of the last one goes
                self._forget()
                self._laid[given.digest] = Laid(given)
            free = self._free.setdefault(given.digest, [])
            own = free.pop() if free else executor.make(self._laid[given.digest].path, given.unit)
        try:
            return own.run(job)
        finally:
            with self._lock:
                if given.digest in self._laid:
                    self._free.setdefault(given.digest, []).append(own)
                else:
                    own.close()

    def _forget(self) -> None:
        for digest in list(self._laid):
            for own in self._free.pop(digest, []):
                own.close()
            self._laid.pop(digest).close()


_servers = _Servers()
"""The servers of this process, where it is a worker: a task is a call of a function, and nothing else lasts from one
to the next."""


def _run(job: bytes, given: Given) -> bytes:
    """Run one job at a worker."""
    return _servers.run(job, given)
