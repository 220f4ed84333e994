"""Parse each file once in a process: one cache for all, by path, size and time of change.

Whoever reads tables, questions, releases or notebooks asks here with a reader of his own. What comes back is shared by
all who ask, so a reader returns what cannot be changed (frozen models, tuples, ``FrozenDict``).
``snapshot_mode`` is for a command that looks at the whole course: within it the disk is asked once a file.
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
    """Take the course as it is when first looked at: one run sees one state of each file, and asks the disk once.

    It changes what ``once``, ``stamp`` and ``parsed`` mean: a file that changes meanwhile is not read again. It is no
    parameter, since between a command and the reader of a table stand functions that know nothing of files.
    """
    token = _snapshot.set({}) if _snapshot.get() is None else None
    try:
        yield
    finally:
        if token is not None:
            _snapshot.reset(token)


def once(make: Callable[..., T], *given: Hashable) -> T:
    """Return ``make(*given)``, computed once in ``snapshot_mode``, each time outside of it."""
    seen = _snapshot.get()
    if seen is None:
        return make(*given)
    key = (make, *given)
    if key not in seen:
        seen[key] = make(*given)
    result: T = seen[key]
    return result


def stamp(path: Path) -> Stamp | None:
    """Return what differs once ``path`` has changed; None where there is no such file."""
    return once(_stamp, path)


def _stamp(path: Path) -> Stamp | None:
    try:
        about = path.stat()
    except OSError:
        return None
    return about.st_size, about.st_mtime_ns, about.st_ino


def parsed(reader: Callable[[Path], T], path: Path, *more: Path, key: object = None) -> T:
    """Return ``reader(path)``, kept for as long as ``path`` and the files ``more`` stay as they are.

    ``key`` tells readings of one file by one reader (known by its name) apart. What ``reader`` raises is not kept:
    what is wrong may be mended elsewhere (a drawing, say). The stamps are taken first, so that a file that changes
    while it is read is read again.
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
    """Forget everything that was parsed, as a new process would."""
    with _lock:
        _cache.clear()


def _refuse(*_: object, **__: object) -> NoReturn:
    raise TypeError("shared by all who read this file: make a copy to change it")


class FrozenDict(dict[Any, Any]):
    """A dictionary out of the cache; changing it raises ``TypeError``, ``dict(it)`` makes a copy to change."""

    __slots__ = ()

    __setitem__ = __delitem__ = __ior__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse

    def __reduce__(self) -> tuple[Any, ...]:
        return dict, (dict(self),)


class FrozenList(list[Any]):
    """A list out of the cache; changing it raises ``TypeError``, ``list(it)`` makes a copy to change."""

    __slots__ = ()

    __setitem__ = __delitem__ = __iadd__ = __imul__ = _refuse
    append = clear = extend = insert = pop = remove = reverse = sort = _refuse

    def __reduce__(self) -> tuple[Any, ...]:
        return list, (list(self),)
