"""A cache of parsed files, one for the whole process, by path, size and time of change.

Modules that read tables, questions, releases or notebooks pass their own reader. Results are shared by all callers, so
a reader returns immutable values (frozen models, tuples, ``FrozenDict``). ``snapshot_mode`` is for commands on the
whole course: within it the disk is read once a file.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from pathlib import Path
from typing import Any, NoReturn, TypeVar

T = TypeVar("T")
Stamp = tuple[int, int, int]
"""Size in bytes, time of the last change in ns, inode (a file that was renamed into place has another)."""

_AT_MOST = 512
_lock = threading.Lock()
_cache: OrderedDict[tuple[object, ...], tuple[tuple[Stamp | None, ...], Any]] = OrderedDict()


_snapshot: ContextVar[dict[Hashable, Any] | None] = ContextVar("snapshot", default=None)
"""Results of ``once`` within ``snapshot_mode``, None outside of it."""


@contextmanager
def snapshot_mode() -> Iterator[None]:
    """Fix the state of each file at its first reading: one run sees one state, and reads the disk once.

    It changes what ``once``, ``stamp`` and ``parsed`` mean: a file that changes meanwhile is not read again. It is no
    parameter, since the functions between a command and the reader of a table do not deal with files.
    """
    token = _snapshot.set({}) if _snapshot.get() is None else None
    try:
        yield
    finally:
        if token is not None:
            _snapshot.reset(token)


def once(make: Callable[..., T], *arguments: Hashable) -> T:
    """Return ``make(*given)``, computed once in ``snapshot_mode``, at each call outside of it."""
    seen = _snapshot.get()
    if seen is None:
        return make(*arguments)
    key = (make, *arguments)
    if key not in seen:
        seen[key] = make(*arguments)
    result: T = seen[key]
    return result


def stamp(path: Path) -> Stamp | None:
    """Return a value that changes with ``path``; None where there is no such file."""
    return once(_stamp, path)


def _stamp(path: Path) -> Stamp | None:
    try:
        about = path.stat()
    except OSError:
        return None
    return about.st_size, about.st_mtime_ns, about.st_ino


def parsed(reader: Callable[[Path], T], path: Path, *more: Path, key: object = None) -> T:
    """Return ``reader(path)``, cached while ``path`` and the files ``more`` are unchanged.

    ``key`` distinguishes readings of one file by one reader (identified by its name). Exceptions of ``reader`` are not
    cached, as the fault may be fixed in another file (a drawing, say). The stamps are taken first, so that a file that
    changes while it is read is read again.
    """
    function = reader.func if isinstance(reader, partial) else reader
    name = (function.__module__, function.__qualname__, path.absolute(), key)
    stamps = tuple(stamp(file) for file in (path, *more))
    with _lock:
        kept = _cache.get(name)
        if kept is not None and kept[0] == stamps:
            _cache.move_to_end(name)
            unchanged: T = kept[1]
            return unchanged
    value = reader(path)
    with _lock:
        _cache[name] = stamps, value
        _cache.move_to_end(name)
        while len(_cache) > _AT_MOST:
            _cache.popitem(last=False)
    return value


def clear() -> None:
    """Clear the cache, as in a new process."""
    with _lock:
        _cache.clear()


def _refuse(*_: object, **__: object) -> NoReturn:
    raise TypeError("shared by all who read this file: make a copy to change it")


class FrozenDict(dict[Any, Any]):
    """A dictionary from the cache; changing it raises ``TypeError``, ``dict(it)`` makes a copy to change."""

    __slots__ = ()

    __setitem__ = __delitem__ = __ior__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse

    def __reduce__(self) -> tuple[Any, ...]:
        return dict, (dict(self),)


class FrozenList(list[Any]):
    """A list from the cache; changing it raises ``TypeError``, ``list(it)`` makes a copy to change."""

    __slots__ = ()

    __setitem__ = __delitem__ = __iadd__ = __imul__ = _refuse
    append = clear = extend = insert = pop = remove = reverse = sort = _refuse

    def __reduce__(self) -> tuple[Any, ...]:
        return list, (list(self),)
