"""One writer at a time: a lock file that the system releases when its holder dies."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock file ``path`` while the body runs, and wait for whoever holds it.

    On a disk without ``flock`` (some network drives) a second file beside it, which names its holder, is the lock.
    """
    from filelock import FileLock, SoftFileLock  # not at the top: many a kernel only reads

    path.parent.mkdir(parents=True, exist_ok=True)
    lock: FileLock | SoftFileLock = FileLock(path)
    try:
        lock.acquire()
    except OSError:
        lock = SoftFileLock(path.with_name(f"{path.name}-mem"))
        lock.acquire()
    try:
        yield
    finally:
        lock.release()
