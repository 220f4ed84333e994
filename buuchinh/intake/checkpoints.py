"""Report progress while submissions are read: the current step, finished submissions, and steps to skip.

From these checkpoints the supervising process (``worker_pool``) learns where a reader stopped, and restarts the reading
without that step. Without a supervisor, a checkpoint costs only one call and no step is skipped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Literal

Cause = Literal["time", "memory", "fault"]
"""Reason why a step was stopped: it took too long, needed too much memory, or crashed the reader."""
Kind = Literal["zip", "read", "parse", "decide"]
Tell = Callable[[Literal["begun", "finished", "paused"], str], None]


@dataclass(frozen=True)
class Listener:
    """Receiver of the checkpoints (``tell``), with the results of earlier runs of the same call.

    ``stopped`` maps each step that stopped a reader to the cause; ``finished`` are the paths of the submissions already
    delivered.
    """

    tell: Tell
    stopped: Mapping[str, Cause] = field(default_factory=dict)
    finished: frozenset[str] = frozenset()


NOBODY = Listener(lambda kind, name: None)
"""Listener that ignores all checkpoints and skips no steps."""
_listener: ContextVar[Listener] = ContextVar("listener", default=NOBODY)
"""Listener of this process, used by every function of this module.

It is not a parameter because only a reader process (``reader_worker``) has a listener, and the parsers that call
``begin`` are many calls below it.
"""


@contextmanager
def use_listener(listener: Listener) -> Iterator[None]:
    """Report the checkpoints of this process to ``listener`` while the ``with`` body runs."""
    before = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(before)


def begin(kind: Kind, where: str) -> Cause | None:
    """Report that a step begins; return the cause if it stopped in an earlier run and must be skipped, else None."""
    _listener.get().tell("begun", f"{kind} {where}")
    return why_left_out(kind, where)


@contextmanager
def interrupted(kind: Kind, where: str) -> Iterator[None]:
    """Pause a step while the kit reads files of its own, so that their cost is not charged to the submission."""
    _listener.get().tell("paused", "")
    yield
    begin(kind, where)


def why_left_out(kind: Kind, where: str) -> Cause | None:
    """Return the cause for which a step stopped in an earlier run, so that it is now skipped, or None if it did not."""
    return _listener.get().stopped.get(f"{kind} {where}")


def finish(where: str) -> None:
    """Report that the submission in ``where`` was delivered, so that a restarted run skips it."""
    _listener.get().tell("finished", where)


def finished(where: str) -> bool:
    """Whether an earlier run delivered the submission in ``where``."""
    return where in _listener.get().finished


def begun_within(where: str) -> bool:
    """Whether an earlier run delivered any submission from the zip ``where``."""
    return any(name == where or name.startswith(f"{where}/") for name in _listener.get().finished)
