"""Memory of all processes of a submission, since limits on each would let sixty of them fill the machine."""

from __future__ import annotations

import os
from pathlib import Path

_FIRST = 4_096
"""Bytes of a ``/proc`` file that are read: its first lines, where what is asked for stands."""
_TABLES = ("VmPTE:", "VmSwap:", "HugetlbPages:")
"""What a process holds besides pages in memory: the tables that find them, and pages elsewhere."""
_FEW, _MAPPINGS, _MAPPING = 4, 2_000, 2_560
"""Where more than ``_FEW`` processes run, mappings beyond those that libraries make count so many bytes each."""


def used(besides: set[int], enough: int) -> int:
    """Return the bytes held by the processes seen in ``/proc`` other than ``besides``; files on disk do not count.

    Pages that forked processes share count once, as far as the kernel lets us ask; that is slower
    and done only where the simple sum is more than ``enough``.
    """
    found = [int(name) for name in os.listdir("/proc") if name.isdigit() and int(name) not in besides]  # noqa: PTH208
    more = sum(map(_mappings, found)) if len(found) > _FEW else 0
    simple = sum(map(_held, found)) + more
    return simple if simple <= enough else sum(map(_share, found)) + more


def _held(process: int) -> int:
    """Return the bytes of memory not backed by files, with page tables and swapped pages."""
    return _sum(f"/proc/{process}/status", ("RssAnon:", "RssShmem:", *_TABLES)) or 0


def _mappings(process: int) -> int:
    """Return the bytes of the kernel's records of a process's mappings, which every fork copies."""
    try:
        with Path(f"/proc/{process}/maps").open("rb") as file:
            count = sum(part.count(b"\n") for part in iter(lambda: file.read(1 << 18), b""))
    except OSError:
        return 0
    return max(0, count - _MAPPINGS) * _MAPPING


def _share(process: int) -> int:
    """Return the memory of a process, with each page divided by the number of processes that share it."""
    found = _sum(f"/proc/{process}/smaps_rollup", ("Pss_Anon:", "Pss_Shmem:"))
    if found is None:
        return _held(process)
    return found + (_sum(f"/proc/{process}/status", _TABLES) or 0)


def _sum(path: str, names: tuple[str, ...]) -> int | None:
    try:
        with Path(path).open("rb") as file:
            lines = [line.split() for line in file.read(_FIRST).decode("utf-8", "replace").splitlines()]
    except OSError:  # it has ended, or hides
        return None
    return sum(int(line[1]) * 1024 for line in lines if line and line[0] in names)
