"""A disk that fills: from the nth file on that a command begins to write, no file may grow, as the kernel sees to it.

What opens a file for writing is counted; then the largest size of a file (``RLIMIT_FSIZE``) is set to nought, which
holds for Python, SQLite and every process that is started from here. Writes fail, as they do where a disk is full, at
whatever place the bytes leave the process.
"""

from __future__ import annotations

import os
import resource
import sys
from collections.abc import Callable
from typing import Any


def counting(told: int) -> Callable[[], None]:
    """Return what makes a child tell by the descriptor ``told``, a byte each, how many files it begins to write."""
    return _watch(lambda: os.write(told, b"."))


def filling(nth: int) -> Callable[[], None]:
    """Return what makes a child's disk full from the ``nth`` file on that it begins to write."""
    left = [nth]

    def one_less() -> None:
        left[0] -= 1
        if left[0] == 0:
            resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))

    return _watch(one_less)


def _watch(begun: Callable[[], object]) -> Callable[[], None]:
    def heard(event: str, args: tuple[Any, ...]) -> None:
        opened = event == "open" and isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR)
        if opened or event in {"sqlite3.connect", "shutil.copyfile"}:
            begun()

    return lambda: sys.addaudithook(heard)
