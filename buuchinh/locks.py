"""Ensure that only one process writes at a time, using a lock file that the system releases when its holder dies."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from filelock import FileLock, SoftFileLock

_UNKNOWN = {errno.ENOLCK, errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP, errno.ENOTSUP}
"""Error numbers from a disk that does not support locks; a disk that is not writable reports other errors."""
_PATIENCE = 1.0
"""Seconds to wait for a lock before ``waiting`` is called."""


@contextmanager
def locked(path: Path, *, most: float | None = None, waiting: Callable[[], None] | None = None) -> Iterator[None]:
    """Hold the lock file ``path`` during the ``with`` block, waiting first if another process holds it.

    Wait at most ``most`` seconds, or indefinitely if ``most`` is None; then raise ``TimeoutError`` (an ``OSError``)
    without running the block. ``waiting`` is called once if the wait takes more than a moment. On a disk without
    ``flock`` (some network drives), a second file beside ``path``, which names its holder, serves as the lock.
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
