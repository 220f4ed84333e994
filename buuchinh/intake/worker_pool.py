"""Runs what reads untrusted files in processes of its own, so that nothing in a file stops whoever asked.

A reader that takes too long, needs too much memory or dies ends alone. The step at which it stopped (``steps``) is left
out, another reader goes on behind it, and what cannot be read even so comes back as ``GivenUp``. ``apart_inside`` is
the side that reads.

A process that does not come by a fork imports what this one imports (``_same_imports``). Python would let it look into
the folder that this one stands in: where a copy of the course lies there, readers would be of that copy, and fall on
everything once it is gone; where hand-ins lie there, a file among them would run.
"""

from __future__ import annotations

import os
import pickle
import sys
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
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
"""Most seconds of processor time for one step."""
CLOCK = 20.0
"""Most seconds by the clock for one step."""
OWN_CLOCK = 300.0
"""Most seconds for what is the kit's own: a reader begins, the course's files are read."""
MEMORY = 1_500_000_000
"""Most bytes of memory that reading may add to what a process has when it begins."""
STOPS = 100
"""So many steps of one call may stop; then the rest of it is not read."""
MOST_WORKERS = 4
Start = Literal["fork", "forkserver", "spawn"]
Found = TypeVar("Found")


@dataclass(frozen=True)
class Call(Generic[Found]):
    """A generator function of a module and its arguments: what it yields comes back, one by one."""

    function: Callable[..., Iterator[Found]]
    arguments: tuple[object, ...] = ()


@dataclass(frozen=True)
class GivenUp:
    """What is left of a call could not be read, for this cause."""

    cause: Cause


class Readers:
    """Processes that read, started when they are first needed and warm until the ``with`` block ends.

    ``fell`` counts how often one fell over something; ``tell`` is told each time by what and where in the kit.
    """

    def __init__(
        self, workers: int | None = None, start: Start | None = None, tell: Callable[[str], None] | None = None
    ) -> None:
        self._most = workers or max(2, min(MOST_WORKERS, os.cpu_count() or 1))
        self._start = start or _quickest()
        self._tell = tell
        self._idle: list[_Reader] = []
        self._all: list[_Reader] = []
        self.fell = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def close(self) -> None:
        """End all readers with what they read."""
        for reader in self._all:
            reader.end()
        self._all, self._idle = [], []

    def run(self, calls: Sequence[Call[Found]]) -> Iterator[tuple[int, Found | GivenUp]]:
        """Yield what the calls yield, with the number of the call, in their order; several run at once.

        ``GivenUp`` is the last of a call that could not be finished. Raises the ``KitError`` that a call raises.
        """
        waiting = deque(enumerate(calls))
        running: deque[tuple[int, Call[Found], _Reader]] = deque()
        while waiting or running:
            while waiting and len(running) < self._most:
                number, call = waiting.popleft()
                reader = self._take()
                reader.begin(_Asked(call))
                running.append((number, call, reader))
            number, call, reader = running.popleft()
            for found in self._finish(call, reader):
                yield number, found

    def _take(self) -> _Reader:
        if self._idle:
            return self._idle.pop()
        reader = _Reader(self._start, self._all)
        self._all.append(reader)
        return reader

    def _finish(self, call: Call[Found], reader: _Reader) -> Iterator[Found | GivenUp]:
        """Yield what a call yields; where its reader stops, begin it again behind what stopped."""
        asked = _Asked(call)
        while True:
            cause = yield from self._heard(asked, reader)
            if cause is None:
                self._idle.append(reader)
                return
            if not reader.alive:
                reader.end()
                self._all.remove(reader)
                reader = self._take()
            if not asked.goes_on(cause):
                self._idle.append(reader)
                yield GivenUp(cause)
                return
            reader.begin(asked)

    def _heard(self, asked: _Asked, reader: _Reader) -> Generator[Any, None, Cause | None]:
        """Yield what the reader finds; return why it stopped, None at the end."""
        while True:
            kind, said = reader.hear()
            if kind == "found":
                yield said
            elif kind == "begun":
                asked.step = said
            elif kind == "finished":
                asked.finished.add(said)
            elif kind == "problems":
                raise KitError(said)
            elif kind == "fell":
                self._note(said)
            elif kind == "ended":
                return cast("Cause | None", said)

    def _note(self, said: str) -> None:
        self.fell += 1
        if self._tell:
            self._tell(said)


@dataclass
class _Asked:
    """A call with what earlier tries at it have told."""

    call: Call[Any]
    stopped: dict[str, Cause] = field(default_factory=dict)
    finished: set[str] = field(default_factory=set)
    step: str = ""

    def goes_on(self, cause: Cause) -> bool:
        """Note where the reader stopped; False where another try would stop there too."""
        if self.step in self.stopped or len(self.stopped) >= STOPS:
            return False
        self.stopped[self.step] = cause  # "" for a reader that died before it had begun, which says nothing of the file
        self.step = ""
        return True


class _Reader:
    """One process and the pipe to it."""

    def __init__(self, start: Start, others: Sequence[_Reader]) -> None:
        self.pipe, self._process = _started(start, others)
        self.alive = True
        self._patience = OWN_CLOCK
        self._died = False

    def begin(self, asked: _Asked) -> None:
        """Give the process a call; a process that is gone says so when it is heard."""
        call = asked.call
        try:
            self.pipe.send((call.function, call.arguments, dict(asked.stopped), frozenset(asked.finished)))
        except OSError:
            self.alive = False

    def hear(self) -> tuple[str, Any]:
        """Return the next message; ("ended", cause) where the process died or says nothing for too long."""
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
            self._process.join(CLOCK)  # it has ended, but on a busy machine why may come a while later
            cause = reader_worker.cause_of(self._process.exitcode)
            if cause == "fault" and self.alive:
                self._died = True
                return "fell", f"exit code {self._process.exitcode}"
        self.alive = False
        return "ended", cause

    def end(self) -> None:
        """Kill the process, whatever it does."""
        self.pipe.close()
        self._process.kill()
        self._process.join(5)


def _started(start: Start, others: Sequence[_Reader]) -> tuple[Connection, BaseProcess]:
    """Start a process and return the pipe to it; by itself where the server that forks it cannot be reached."""
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
    """Let a Python that begins meanwhile look for modules where this one does, and not in the folder it stands in."""
    own = str(Path(reader_worker.__file__).parents[2])
    there = {"PYTHONSAFEPATH": "1", "PYTHONPATH": os.pathsep.join(one or own for one in sys.path)}
    before = {name: os.environ.get(name) for name in there}
    os.environ.update(there)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _quickest() -> Start:
    """Return how a process is begun: a fork takes no time, and is safe where this process has one thread alone."""
    if sys.platform == "linux" and threading.active_count() == 1:
        return "fork"
    if sys.platform == "win32":
        return "spawn"
    get_context("forkserver").set_forkserver_preload(["buuchinh.intake.read_in_workers"])
    return "forkserver"
