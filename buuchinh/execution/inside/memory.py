"""Measure the memory of all processes of a submission together.

Limits that apply to each process alone would let sixty processes exhaust the memory.
"""

from __future__ import annotations

import os
from pathlib import Path

_FIRST = 4_096
"""Number of bytes to read from a ``/proc`` file; the required fields are in the first lines."""
_TABLES = ("VmPTE:", "VmSwap:", "HugetlbPages:")
"""Fields for a process's memory besides resident pages: page tables, swapped pages and huge pages."""
_FEW, _MAPPINGS, _MAPPING = 4, 2_000, 2_560
"""Above ``_FEW`` processes, each mapping of a process beyond ``_MAPPINGS`` (for libraries) counts ``_MAPPING`` bytes.
"""


def used(besides: set[int], enough: int) -> int:
    """Return the bytes of memory held by all processes in ``/proc`` except ``besides``, excluding files on disk.

    If the sum over all processes exceeds ``enough`` bytes, a slower method counts pages shared by forked processes only
    once, as far as the kernel reports them.
    """
    found = [int(name) for name in os.listdir("/proc") if name.isdigit() and int(name) not in besides]  # noqa: PTH208
    more = sum(map(_mappings, found)) if len(found) > _FEW else 0
    simple = sum(map(_held, found)) + more
    return simple if simple <= enough else sum(map(_share, found)) + more


def _held(process: int) -> int:
    """Return the bytes of a process's memory not backed by files, including page tables and swapped pages."""
    return _sum(f"/proc/{process}/status", ("RssAnon:", "RssShmem:", *_TABLES)) or 0


def _mappings(process: int) -> int:
    """Return the bytes that the kernel needs to record a process's excess memory mappings, which every fork copies."""
    try:
        with Path(f"/proc/{process}/maps").open("rb") as file:
            count = sum(part.count(b"\n") for part in iter(lambda: file.read(1 << 18), b""))
    except OSError:
        return 0
    return max(0, count - _MAPPINGS) * _MAPPING


def _share(process: int) -> int:
    """Return the bytes of a process's memory, with each page divided by the number of processes that share it."""
    found = _sum(f"/proc/{process}/smaps_rollup", ("Pss_Anon:", "Pss_Shmem:"))
    if found is None:
        return _held(process)
    return found + (_sum(f"/proc/{process}/status", _TABLES) or 0)


def _sum(path: str, names: tuple[str, ...]) -> int | None:
    try:
        with Path(path).open("rb") as file:
            lines = [line.split() for line in file.read(_FIRST).decode("utf-8", "replace").splitlines()]
    except OSError:  # the process has ended or is inaccessible
        return None
    return sum(int(line[1]) * 1024 for line in lines if line and line[0] in names)
