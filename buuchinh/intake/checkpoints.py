"""Report progress while submissions are being read, and look up which steps to skip.

From these checkpoints, the supervising process (``worker_pool``) learns at which step a reader stopped, and restarts
the reader without that step. Without a supervisor, a checkpoint costs only one call and no step is skipped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Literal

Cause = Literal["time", "memory", "fault"]
"""The reason why a step was stopped: it took too long, needed too much memory, or crashed the reader."""
Kind = Literal["zip", "read", "parse", "decide"]
Tell = Callable[[Literal["begun", "finished", "paused"], str], None]


@dataclass(frozen=True)
class Listener:
    """Receiver of checkpoints, with the results of earlier runs of the same call.

    ``tell`` is called with each checkpoint. ``stopped`` maps each step at which a reader stopped to the cause, and
    ``finished`` contains the paths of the submissions that were already delivered.
    """

    tell: Tell
    stopped: Mapping[str, Cause] = field(default_factory=dict)
    finished: frozenset[str] = frozenset()


NOBODY = Listener(lambda kind, name: None)
"""Listener that ignores all checkpoints and skips no step."""
_listener: ContextVar[Listener] = ContextVar("listener", default=NOBODY)
"""The current process's listener, used by every function in this module.

The listener is not a parameter because only reader processes (``reader_worker``) have one, and the parsers that call
``begin`` are many calls below the function that sets the listener.
"""


@contextmanager
def use_listener(listener: Listener) -> Iterator[None]:
    """Report this process's checkpoints to ``listener`` while the ``with`` body runs."""
    before = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(before)


def begin(kind: Kind, where: str) -> Cause | None:
    """Report that a step begins; return why it must be skipped if it stopped a reader in an earlier run, or else None.

    ``kind`` and ``where``, a displayed path, identify the step.
    """
    _listener.get().tell("begun", f"{kind} {where}")
    return why_left_out(kind, where)


@contextmanager
def interrupted(kind: Kind, where: str) -> Iterator[None]:
    """Pause the current step while the ``with`` body reads the kit's own files, which must not count as its work."""
    _listener.get().tell("paused", "")
    yield
    begin(kind, where)


def why_left_out(kind: Kind, where: str) -> Cause | None:
    """Return why an earlier run stopped at this step, which is now skipped, or None if it did not stop there."""
    return _listener.get().stopped.get(f"{kind} {where}")


def finish(where: str) -> None:
    """Report that the submission at ``where`` was delivered, so a restarted run skips it."""
    _listener.get().tell("finished", where)


def finished(where: str) -> bool:
    """Return whether an earlier run delivered the submission at ``where``."""
    return where in _listener.get().finished


def begun_within(where: str) -> bool:
    """Return whether an earlier run delivered any submission from the zip at ``where``."""
    return any(name == where or name.startswith(f"{where}/") for name in _listener.get().finished)
