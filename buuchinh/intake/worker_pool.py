"""Read untrusted files in worker processes, so that no file can stop the calling process.

If a reader takes too long, needs too much memory or dies, only that process ends. The step at which the reader stopped
(see ``checkpoints``) is skipped, another reader continues after it, and anything that still cannot be read is returned
as ``GivenUp``. ``reader_worker`` is the code that runs in the worker processes.

A worker process that is not forked uses this process's import path (``_same_imports``). Python would otherwise search
the current folder first. If that folder contained a copy of the course, readers would use the copy and fail once it is
deleted; if it contained submissions, one of their files could be executed.
"""

from __future__ import annotations

import os
import pickle
import sys
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Generic, Literal, Self, TypeVar, cast

from buuchinh.errors import KitError
from buuchinh.intake import reader_worker
from buuchinh.intake.checkpoints import Cause
from buuchinh.intake.reader_worker import OUTPUT_CAP

PROCESSOR = 5.0
"""Maximum processor time in seconds for one step."""
CLOCK = 20.0
"""Maximum elapsed time in seconds for one step."""
OWN_CLOCK = 300.0
"""Maximum elapsed time in seconds for the kit's own work, such as starting a reader and reading the course's files."""
MEMORY = 1_500_000_000
"""Maximum memory in bytes that a reader may use in addition to what it used at its start."""
STOPS = 100
"""Maximum number of stopped steps in one call; after that, the rest of the call is not read."""
MOST_WORKERS = 4
Start = Literal["fork", "forkserver", "spawn"]
Result = TypeVar("Result")


@dataclass(frozen=True)
class ReaderCall(Generic[Result]):
    """A module-level generator function and its arguments; the items that it yields are returned one by one."""

    function: Callable[..., Iterator[Result]]
    arguments: tuple[object, ...] = ()


@dataclass(frozen=True)
class GivenUp:
    """Result that stands for the unreadable rest of a call and states the cause."""

    cause: Cause


class Readers:
    """Pool of reader processes, which start when first needed and stay alive until the ``with`` block ends.

    ``crashes`` is the number of crashes so far. For each crash, ``tell`` is called with a description: the exception's
    class and the line of the kit that raised it, or the exit code.
    """

    def __init__(
        self, workers: int | None = None, start: Start | None = None, tell: Callable[[str], None] | None = None
    ) -> None:
        self._most = workers or max(2, min(MOST_WORKERS, os.cpu_count() or 1))
        self._start = start or _quickest()
        self._tell = tell
        self._idle: list[_Reader] = []
        self._all: list[_Reader] = []
        self.crashes = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def close(self) -> None:
        """Kill all reader processes, including those that are still reading."""
        for reader in self._all:
            reader.end()
        self._all, self._idle = [], []

    def run(self, calls: Iterable[ReaderCall[Result]]) -> Iterator[tuple[int, Result | GivenUp]]:
        """Run several calls at once; yield each result with the 0-based index of its call, in the order of ``calls``.

        A call is asked for when a reader is free. If a call could not be finished, its last result is ``GivenUp``. Any
        ``KitError`` that a call raises is raised again here.
        """
        waiting = enumerate(calls)
        running: deque[tuple[int, ReaderCall[Result], _Reader]] = deque()
        while True:
            while len(running) < self._most and (following := next(waiting, None)):
                number, call = following
                reader = self._take()
                reader.begin(_PendingCall(call))
                running.append((number, call, reader))
            if not running:
                return
            number, call, reader = running.popleft()
            for result in self._finish(call, reader):
                yield number, result

    def _take(self) -> _Reader:
        if self._idle:
            return self._idle.pop()
        reader = _Reader(self._start, self._all)
        self._all.append(reader)
        return reader

    def _finish(self, call: ReaderCall[Result], reader: _Reader) -> Iterator[Result | GivenUp]:
        """Yield the results of a call; if its reader stops, run the call again without the step that stopped it."""
        pending = _PendingCall(call)
        while True:
            cause = yield from self._results_of(pending, reader)
            if cause is None:
                self._idle.append(reader)
                return
            if not reader.alive:
                reader.end()
                self._all.remove(reader)
                reader = self._take()
            if not pending.goes_on(cause):
                self._idle.append(reader)
                yield GivenUp(cause)
                return
            reader.begin(pending)

    def _results_of(self, pending: _PendingCall, reader: _Reader) -> Generator[Any, None, Cause | None]:
        """Yield the results from a reader; return the cause if it stopped early, or None if the call was completed."""
        while True:
            kind, content = reader.receive()
            if kind == "found":
                yield content
            elif kind == "begun":
                pending.step = content
            elif kind == "finished":
                pending.finished.add(content)
            elif kind == "problems":
                raise KitError(content)
            elif kind == "fell":
                self._note(content)
            elif kind == "ended":
                return cast("Cause | None", content)

    def _note(self, description: str) -> None:
        self.crashes += 1
        if self._tell:
            self._tell(description)


@dataclass
class _PendingCall:
    """A call that may be restarted, with the checkpoints that its earlier runs reported."""

    call: ReaderCall[Any]
    stopped: dict[str, Cause] = field(default_factory=dict)
    finished: set[str] = field(default_factory=set)
    step: str = ""

    def goes_on(self, cause: Cause) -> bool:
        """Record at which step the reader stopped; return False if another run would stop there too."""
        if self.step in self.stopped or len(self.stopped) >= STOPS:
            return False
        self.stopped[self.step] = cause  # "" for a reader that died before its first step
        self.step = ""
        return True


class _Reader:
    """One reader process and the pipe that leads to it."""

    def __init__(self, start: Start, others: Sequence[_Reader]) -> None:
        self.pipe, self._process = _started(start, others)
        self.alive = True
        self._patience = OWN_CLOCK
        self._died = False

    def begin(self, pending: _PendingCall) -> None:
        """Send a call to the process; if the process has died, ``receive`` reports it."""
        call = pending.call
        try:
            self.pipe.send((call.function, call.arguments, dict(pending.stopped), frozenset(pending.finished)))
        except OSError:
            self.alive = False

    def receive(self) -> tuple[str, Any]:
        """Return the next message as a pair (kind, content), or ("ended", cause) if the process died or timed out."""
        cause: Cause = "time"
        if self._died:
            self.alive = False
            return "ended", "fault"
        try:
            if self.alive and self.pipe.poll(self._patience):
                message: tuple[str, Any] = pickle.loads(self.pipe.recv_bytes(2 * OUTPUT_CAP))  # noqa: S301  # our own
                self._patience = OWN_CLOCK if message[0] == "paused" else CLOCK
                return message
        except (EOFError, OSError, pickle.UnpicklingError):
            self._process.join(CLOCK)  # on a busy machine the exit code may not be available at once
            cause = reader_worker.cause_of(self._process.exitcode)
            if cause == "fault" and self.alive:
                self._died = True
                return "fell", f"exit code {self._process.exitcode}"
        self.alive = False
        return "ended", cause

    def end(self) -> None:
        """Close the pipe and kill the process, whatever it is doing."""
        self.pipe.close()
        self._process.kill()
        self._process.join(5)


def _started(start: Start, others: Sequence[_Reader]) -> tuple[Connection, BaseProcess]:
    """Start a process, and return the pipe to it and the process.

    If the fork server cannot be reached, "spawn" is used instead.
    """
    context: Any = get_context(start)
    pipes: tuple[Connection, Connection] = context.Pipe()
    pipe, other = pipes
    inherited = [pipe, *(reader.pipe for reader in others)] if start == "fork" else []
    process: BaseProcess = context.Process(
        target=reader_worker.serve,
        daemon=True,
        args=(other, inherited, dict(os.environ), str(Path.cwd()), PROCESSOR, MEMORY),
    )
    try:
        if start == "fork":
            process.start()
        else:
            with _same_imports():
                process.start()
    except (OSError, EOFError):
        pipe.close()
        if start != "forkserver":
            raise
        return _started("spawn", others)
    finally:
        other.close()
    return pipe, process


@contextmanager
def _same_imports() -> Iterator[None]:
    """Give Python processes started in the ``with`` body this process's import path, without the current folder."""
    own = str(Path(reader_worker.__file__).parents[2])
    variables = {"PYTHONSAFEPATH": "1", "PYTHONPATH": os.pathsep.join(entry or own for entry in sys.path)}
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _quickest() -> Start:
    """Return the fastest safe start method; forking takes almost no time but is safe only in a single thread."""
    if sys.platform == "linux" and threading.active_count() == 1:
        return "fork"
    if sys.platform == "win32":
        return "spawn"
    get_context("forkserver").set_forkserver_preload(["buuchinh.intake.read_in_workers"])
    return "forkserver"
