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
class Watch:
    """Who is told, the steps that stopped before with their causes, and what was finished before."""

    tell: Tell
    stopped: Mapping[str, Cause] = field(default_factory=dict)
    finished: frozenset[str] = frozenset()


_NOBODY = Watch(lambda kind, name: None)
_watch: ContextVar[Watch] = ContextVar("_watch", default=_NOBODY)


@contextmanager
def watched(watch: Watch) -> Iterator[None]:
    """Let ``watch`` follow what is read in this process while the body runs."""
    before = _watch.set(watch)
    try:
        yield
    finally:
        _watch.reset(before)


def begin(kind: Kind, where: str) -> Cause | None:
    """Say that a step begins; return the cause where it stopped before and must be left out."""
    _watch.get().tell("begun", f"{kind} {where}")
    return stopped(kind, where)


def pause() -> None:
    """Say that the kit reads files of its own now, which takes what it takes, until the next step begins."""
    _watch.get().tell("paused", "")


def stopped(kind: Kind, where: str) -> Cause | None:
    """Return why a step stopped in an earlier run, None where it did not."""
    return _watch.get().stopped.get(f"{kind} {where}")


def finish(where: str) -> None:
    """Say that the submission in ``where`` was handed over: a run that begins anew passes it."""
    _watch.get().tell("finished", where)


def finished(where: str) -> bool:
    """Whether an earlier run handed this over."""
    return where in _watch.get().finished


def begun_within(where: str) -> bool:
    """Whether an earlier run handed over something of this zip."""
    return any(name == where or name.startswith(f"{where}/") for name in _watch.get().finished)
