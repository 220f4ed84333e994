"""How much memory a hand-in's processes hold together: a limit on each would let sixty of them fill the machine."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

_PAGE = os.sysconf("SC_PAGESIZE") if hasattr(os, "sysconf") else 4096


def used(besides: set[int], enough: int) -> int:
    """Return the bytes held by the processes seen in ``/proc`` other than ``besides``.

    Pages that forked processes share count once, as far as the kernel lets us ask; that is slower
    and done only where the simple sum is more than ``enough``.
    """
    found = [int(name) for name in os.listdir("/proc") if name.isdigit() and int(name) not in besides]  # noqa: PTH208
    simple = sum(map(_private, found))
    return simple if simple <= enough else sum(map(_share, found))


def _private(process: int) -> int:
    """Return resident pages that are no file's."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        fields = Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()
        return (int(fields[1]) - int(fields[2])) * _PAGE
    return 0


def _share(process: int) -> int:
    """Return resident pages, each divided by the number of processes that hold it."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss_Anon:"))
    return _private(process)
