"""Steps of reading a hand-in: what is read now, what is finished, and what is left out since its reading never ended.

Whoever watches over the reading from another process (``apart``) learns by these where it stopped and begins it again
without that. Where nobody watches, a step costs a call and nothing is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Literal

Cause = Literal["time", "memory", "fault"]
"""Why a step did not end: too long, too large, or the reader itself fell over it."""
Kind = Literal["zip", "read", "parse", "decide"]
Tell = Callable[[Literal["begun", "finished", "paused"], str], None]


@dataclass(frozen=True)
class Listener:
    """Who is told of the steps, the steps that stopped before with their causes, and what was finished before."""

    tell: Tell
    stopped: Mapping[str, Cause] = field(default_factory=dict)
    finished: frozenset[str] = frozenset()


NOBODY = Listener(lambda kind, name: None)
"""Hears of no step, so that none is left out."""
_listener: ContextVar[Listener] = ContextVar("listener", default=NOBODY)
"""Who follows what is read in this process; every function of this module asks it.

It is no parameter, since only a process of its own for reading (``apart_inside``) has a listener, and the parsers that
call ``begin`` lie many calls below it.
"""


@contextmanager
def heard_by(listener: Listener) -> Iterator[None]:
    """Let ``listener`` follow what is read in this process while the body runs."""
    before = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(before)


def begin(kind: Kind, where: str) -> Cause | None:
    """Say that a step begins; return the cause where it stopped before and must be left out."""
    _listener.get().tell("begun", f"{kind} {where}")
    return why_left_out(kind, where)


@contextmanager
def interrupted(kind: Kind, where: str) -> Iterator[None]:
    """Let the kit read files of its own in the middle of a step, which is no fault of a file."""
    _listener.get().tell("paused", "")
    yield
    begin(kind, where)


def why_left_out(kind: Kind, where: str) -> Cause | None:
    """Return why a step stopped in an earlier run and is left out now, None where it did not."""
    return _listener.get().stopped.get(f"{kind} {where}")


def finish(where: str) -> None:
    """Say that the submission in ``where`` was handed over: a run that begins anew passes it."""
    _listener.get().tell("finished", where)


def finished(where: str) -> bool:
    """Whether an earlier run handed this over."""
    return where in _listener.get().finished


def begun_within(where: str) -> bool:
    """Whether an earlier run handed over something of this zip."""
    return any(name == where or name.startswith(f"{where}/") for name in _listener.get().finished)
