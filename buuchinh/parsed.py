"""Cache parsed files for the whole process by path, size and modification time.

Modules that read tables, questions, releases or notebooks supply their own reader. All callers share the results, so a
reader must return immutable values (frozen models, tuples, ``FrozenDict``). ``snapshot_mode`` is for commands that
process the whole course: within it, each file is read from disk only once.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial, wraps
from pathlib import Path
from typing import Any, NoReturn, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
Stamp = tuple[int, int, int]
"""Size in bytes, modification time in nanoseconds, and inode, which changes when another file is renamed to this path.
"""

_AT_MOST = 512
_lock = threading.Lock()
_cache: OrderedDict[tuple[object, ...], tuple[tuple[Stamp | None, ...], Any]] = OrderedDict()


_snapshot: ContextVar[dict[Hashable, Any] | None] = ContextVar("snapshot", default=None)
"""Results of ``once`` within ``snapshot_mode``, or None outside ``snapshot_mode``."""


@contextmanager
def snapshot_mode() -> Iterator[None]:
    """Fix the state of each file when it is first read, so that a run sees one state and reads the disk once.

    This mode affects ``once``, ``stamp`` and ``parsed``: a file that changes in the meantime is not read again. The
    mode is a context rather than a parameter, because the functions between a command and a table's reader do not deal
    with files.
    """
    token = _snapshot.set({}) if _snapshot.get() is None else None
    try:
        yield
    finally:
        if token is not None:
            _snapshot.reset(token)


def once(make: Callable[..., T], *arguments: Hashable, **named: Any) -> T:
    """Return ``make(…)``, computed only once within ``snapshot_mode`` but at every call outside it."""
    seen = _snapshot.get()
    if seen is None:
        return make(*arguments, **named)
    key = (make, *arguments, *named.items())
    if key not in seen:
        seen[key] = make(*arguments, **named)
    result: T = seen[key]
    return result


def once_a_run(make: Callable[P, T]) -> Callable[P, T]:
    """Decorate a function of hashable arguments so that each call is one of ``once``."""

    @wraps(make)
    def call(*arguments: P.args, **named: P.kwargs) -> T:
        return once(make, *arguments, **named)

    return call


@once_a_run
def stamp(path: Path) -> Stamp | None:
    """Return a value that changes when ``path`` changes, or None if there is no such file."""
    try:
        about = path.stat()
    except OSError:
        return None
    return about.st_size, about.st_mtime_ns, about.st_ino


def parsed(reader: Callable[[Path], T], path: Path, *more: Path, key: object = None) -> T:
    """Return ``reader(path)``, cached while ``path`` and the files ``more`` are unchanged.

    ``key`` distinguishes several results that one reader, identified by its name, has for the same file. Exceptions are
    not cached, because the fault may be fixed in another file (such as a drawing). The files' stamps are taken before
    reading, so a file that changes while it is read will be read again.
    """
    function = reader.func if isinstance(reader, partial) else reader
    name = (function.__module__, function.__qualname__, path.absolute(), key)
    stamps = tuple(stamp(file) for file in (path, *more))
    with _lock:
        cached = _cache.get(name)
        if cached is not None and cached[0] == stamps:
            _cache.move_to_end(name)
            unchanged: T = cached[1]
            return unchanged
    value = reader(path)
    with _lock:
        _cache[name] = stamps, value
        _cache.move_to_end(name)
        while len(_cache) > _AT_MOST:
            _cache.popitem(last=False)
    return value


def clear() -> None:
    """Clear the cache, which is then empty as in a new process."""
    with _lock:
        _cache.clear()


def _refuse(*_: object, **__: object) -> NoReturn:
    raise TypeError("shared by all who read this file: make a copy to change it")


class FrozenDict(dict[Any, Any]):
    """A read-only dictionary from the cache; changing it raises ``TypeError``; ``dict(it)`` is a mutable copy."""

    __slots__ = ()

    __setitem__ = __delitem__ = __ior__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse

    def __reduce__(self) -> tuple[Any, ...]:
        return dict, (dict(self),)


class FrozenList(list[Any]):
    """A read-only list from the cache; changing it raises ``TypeError``; ``list(it)`` is a mutable copy."""

    __slots__ = ()

    __setitem__ = __delitem__ = __iadd__ = __imul__ = _refuse
    append = clear = extend = insert = pop = remove = reverse = sort = _refuse

    def __reduce__(self) -> tuple[Any, ...]:
        return list, (list(self),)
