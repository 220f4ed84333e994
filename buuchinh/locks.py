"""One writer at a time: a lock file that the system releases when its holder dies."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from filelock import FileLock, SoftFileLock

_UNKNOWN = {errno.ENOLCK, errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP, errno.ENOTSUP}
"""What a disk says that knows no locks; a disk that refuses to be written to says something else."""
_PATIENCE = 1.0
"""Seconds of waiting that need no word."""


@contextmanager
def locked(path: Path, *, most: float | None = None, waiting: Callable[[], None] | None = None) -> Iterator[None]:
    """Hold the lock file ``path`` while the body runs, after waiting for its present holder.

    Waits ``most`` seconds, without end for None: then ``TimeoutError`` (an ``OSError``), and the body does not run.
    ``waiting`` is called once where another process holds it for more than a moment. On a disk without ``flock`` (some
    network drives) a second file beside it, which names its holder, is the lock.
    """
    from filelock import FileLock, SoftFileLock  # imported here, as many kernels only read

    path.parent.mkdir(parents=True, exist_ok=True)
    lock: FileLock | SoftFileLock = FileLock(path)
    try:
        _acquire(lock, most, waiting)
    except (NotImplementedError, OSError) as error:
        if isinstance(error, OSError) and error.errno not in _UNKNOWN:
            raise
        lock = SoftFileLock(path.with_name(f"{path.name}-mem"))
        _acquire(lock, most, waiting)
    try:
        yield
    finally:
        lock.release()


def _acquire(lock: FileLock | SoftFileLock, most: float | None, waiting: Callable[[], None] | None) -> None:
    from filelock import Timeout

    moment = _PATIENCE if most is None else min(most, _PATIENCE)
    try:
        lock.acquire(timeout=moment)
    except Timeout:
        if most is not None and most <= moment:
            raise
        if waiting is not None:
            waiting()
        lock.acquire(timeout=-1 if most is None else most - moment)
