"""What processes hold of the machine: memory that is theirs (proportional set size), and the processor's time."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterable
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


def family(pid: int) -> list[int]:
    """Return a process and all that it has started."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8").split()
    return [pid, *(one for child in children for one in family(int(child)))]


def of_owner(uid: int) -> list[int]:
    """Return all processes of an account."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if path.stat().st_uid == uid:
                found.append(int(path.name))
    return found


def megabytes(processes: Iterable[int]) -> float:
    """Return the memory of processes; what several share is divided among them."""
    return sum(map(_proportional, processes)) / 1e3


def processor_seconds(processes: Iterable[int]) -> float:
    """Return the seconds of processor that processes have used so far."""
    return sum(map(_ticks, processes)) / _TICKS


def _proportional(pid: int) -> int:
    text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8")
    return int(re.findall(r"^Pss:\s+(\d+)", text, re.MULTILINE)[0])


def _ticks(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])
