"""Run jobs in a pool of executors on this machine, each with its own thread and its own warm server.

A warm server is a process that has loaded the libraries and forks for each job (see ``inside.fork_server``).
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterable, Iterator
from typing import Self

from buuchinh.execution import execution_report, executor, sandbox
from buuchinh.execution.course_files import CourseArchive
from buuchinh.execution.execution_report import Execution
from buuchinh.execution.executor import AHEAD, Executor, UnpackedCourse
from buuchinh.execution.job import Job

_Outcome = tuple[Job, Execution] | BaseException


class Pool:
    """Pool of ``workers`` executors, which all start in parallel when the ``with`` block is entered.

    Each thread starts its own executor, since bubblewrap ends with the thread that started it.
    """

    def __init__(self, archive: CourseArchive, *, workers: int = 2, unsafe: bool = False) -> None:
        sandbox.refuse(unsafe=unsafe)
        self._unit, self._unsafe, self._most = archive.unit, unsafe, max(1, workers)
        self._course = UnpackedCourse(archive)
        self._todo: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._done: queue.SimpleQueue[_Outcome] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._executors: list[Executor] = []
        self._running: dict[str, None] = {}
        self._closed = threading.Event()

    def __enter__(self) -> Self:
        for _ in range(self._most):
            self._start()
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    @property
    def running(self) -> tuple[str, ...]:
        """The IDs of the jobs that are now running."""
        return tuple(self._running.copy())

    def run(self, jobs: Iterable[Job]) -> Iterator[tuple[str, Execution]]:
        """Yield the ID and the execution of each job as it completes; see ``Executors``."""
        starved = []
        for job, found in self._through(jobs, self._most * AHEAD):
            if found.starved:
                starved.append(job)
            else:
                yield job.id, found
        for job, found in self._through(starved, 1):
            yield job.id, found

    def _through(self, jobs: Iterable[Job], most: int) -> Iterator[tuple[Job, Execution]]:
        """Yield each job with its execution, with at most ``most`` jobs in progress at a time."""
        waiting, left = iter(jobs), True
        out = 0
        while left or out:
            while left and out < most:
                job = next(waiting, None)
                if job is None:
                    left = False
                else:
                    self._todo.put(job)
                    out += 1
            if out:
                found = self._next()
                out -= 1
                if isinstance(found, BaseException):
                    raise found
                yield found

    def close(self) -> None:
        """End every executor and its running job; jobs that have not started are not run."""
        self._closed.set()
        for one in list(self._executors):
            one.close()
        for _ in self._threads:
            self._todo.put(None)
        for thread in self._threads:
            thread.join(10)
        self._course.close()

    def _start(self) -> None:
        thread = threading.Thread(target=self._work, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _next(self) -> _Outcome:
        while True:  # a wait without a timeout cannot be interrupted on Windows
            try:
                return self._done.get(timeout=0.5)
            except queue.Empty:
                continue

    def _work(self) -> None:
        try:
            own = executor.make(self._course.path, self._unit, unsafe=self._unsafe)
            self._executors.append(own)
            try:
                if not self._closed.is_set():
                    own.open()
                self._run_jobs(own)
            finally:
                own.close()
        except BaseException as error:  # raised in the thread that reads the results
            self._done.put(error)

    def _run_jobs(self, own: Executor) -> None:
        while (job := self._todo.get()) and not self._closed.is_set():
            self._running[job.id] = None
            try:
                self._done.put((job, execution_report.read(own.run(job.to_bytes()), job)))
            finally:
                self._running.pop(job.id, None)
