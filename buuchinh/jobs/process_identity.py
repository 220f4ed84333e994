"""Tell a process from a later one with the same number, by the moment when it started."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

_PROCESSES = Path("/proc")
_BOOT = _PROCESSES / "sys/kernel/random/boot_id"
_ENDED = "ZX"
"""States of a process that has ended, while its parent has not yet asked how."""


def identity(pid: int) -> str:
    """Return a text that tells the process now running as ``pid`` from earlier and later ones, or "" if there is none.

    A process that has ended but whose parent has not collected it counts as gone.
    """
    if sys.platform == "win32":
        return _on_windows(pid)
    return _in_proc(pid) if _BOOT.exists() else _by_ps(pid)


def runs(pid: int | None, identified: str) -> bool:
    """Whether the process that had ``identified`` when it ran as ``pid`` still runs."""
    return bool(pid and identified) and identity(pid or 0) == identified


def _in_proc(pid: int) -> str:
    """Return the identity on Linux: this start of the system, and the process's start in clock ticks since then."""
    try:
        about = (_PROCESSES / str(pid) / "stat").read_text(encoding="utf-8", errors="replace")
        fields = about.rpartition(")")[2].split()  # before it stands the program's name, which may contain anything
        return "" if fields[0] in _ENDED else f"{_BOOT.read_text(encoding='ascii').strip()}:{fields[19]}"
    except (OSError, IndexError):
        return ""


def _by_ps(pid: int) -> str:
    """Return the identity on macOS and other systems without ``/proc``: the start time, to the second."""
    command = ["ps", "-o", "stat=,lstart=", "-p", str(pid)]
    environment = os.environ | {"LC_ALL": "C"}
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environment, check=False)
    state, _, started = done.stdout.strip().partition(" ")
    return "" if not state or state[0] in _ENDED else " ".join(started.split())


if sys.platform == "win32":

    def _on_windows(pid: int) -> str:
        """Return the identity on Windows: the creation time in units of 100 ns; psutil is not needed for it."""
        import ctypes
        from ctypes import wintypes

        query_limited, still_active = 0x1000, 259
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.OpenProcess.restype = wintypes.HANDLE
        kernel.OpenProcess.argtypes = (wintypes.DWORD, wintypes.BOOL, wintypes.DWORD)
        kernel.CloseHandle.argtypes = (wintypes.HANDLE,)
        kernel.GetExitCodeProcess.argtypes = (wintypes.HANDLE, ctypes.POINTER(wintypes.DWORD))
        kernel.GetProcessTimes.argtypes = (wintypes.HANDLE, *[ctypes.POINTER(wintypes.FILETIME)] * 4)
        handle = kernel.OpenProcess(query_limited, False, pid)
        if not handle:
            return ""
        try:
            code, times = wintypes.DWORD(), [wintypes.FILETIME() for _ in range(4)]
            if not kernel.GetExitCodeProcess(handle, ctypes.byref(code)) or code.value != still_active:
                return ""
            if not kernel.GetProcessTimes(handle, *map(ctypes.byref, times)):
                return ""
            return str((times[0].dwHighDateTime << 32) + times[0].dwLowDateTime)
        finally:
            kernel.CloseHandle(handle)
