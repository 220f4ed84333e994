"""Measures the memory of all processes of a submission: a limit on each would let sixty of them fill the machine."""

from __future__ import annotations

import os
from pathlib import Path

_FEW = 4_096
"""Bytes of a ``/proc`` file that are read: its first lines, where what is asked for stands."""


def used(besides: set[int], enough: int) -> int:
    """Return the bytes held by the processes seen in ``/proc`` other than ``besides``; files on disk do not count.

    Pages that forked processes share count once, as far as the kernel lets us ask; that is slower
    and done only where the simple sum is more than ``enough``.
    """
    found = [int(name) for name in os.listdir("/proc") if name.isdigit() and int(name) not in besides]  # noqa: PTH208
    simple = sum(map(_held, found))
    return simple if simple <= enough else sum(map(_share, found))


def _held(process: int) -> int:
    """Return the pages in memory that are no file's."""
    return _sum(f"/proc/{process}/status", ("RssAnon:", "RssShmem:")) or 0


def _share(process: int) -> int:
    """Return the same, each page divided by the number of processes that hold it."""
    found = _sum(f"/proc/{process}/smaps_rollup", ("Pss_Anon:", "Pss_Shmem:"))
    return _held(process) if found is None else found


def _sum(path: str, names: tuple[str, ...]) -> int | None:
    try:
        with Path(path).open("rb") as file:
            lines = [line.split() for line in file.read(_FEW).decode("utf-8", "replace").splitlines()]
    except OSError:  # it has ended, or hides
        return None
    return sum(int(line[1]) * 1024 for line in lines if line and line[0] in names)
