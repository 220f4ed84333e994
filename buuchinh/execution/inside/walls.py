"""Isolate a forked process irreversibly, with Linux namespaces, separate file systems and no capabilities.

The process that calls ``enter`` was forked inside bubblewrap's sandbox and is the first process of a new PID namespace.
It sees no other process and no file that an earlier submission wrote. When it ends, the kernel ends all processes that
it started.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import stat
from pathlib import Path
from typing import Any

from buuchinh.execution.inside import HOME, RESULTS, SHARED, set_limits, syscalls

NOBODY = 65_534
_LIBRARY = ctypes.CDLL(None, use_errno=True)
_NEW_FILES, _NEW_IPC, _NEW_USER, _NEW_PIDS = 0x0002_0000, 0x0800_0000, 0x1000_0000, 0x2000_0000
_READ_ONLY, _NO_SUID, _NO_DEVICES, _NO_EXEC, _AGAIN = 1, 2, 4, 8, 0x20
_BIND, _RECURSIVE, _PRIVATE = 0x1000, 0x4000, 0x4_0000
_DUMPABLE = 4
_FILES = 20_000
"""Maximum number of files and folders for one submission, since even an empty file takes memory."""

_TERMINALS = b"newinstance,ptmxmode=0666,mode=0620,max=8"
"""Mount options for terminals; ``!command`` in a cell needs a terminal, whose buffers no limit counts."""


class Pids:
    """Fork children into new PID namespaces, while the parent process stays in its own namespace."""

    def __init__(self) -> None:
        self.own = os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC)

    def fork(self) -> int:
        """Fork like ``os.fork``; the child is process 1 in a new PID namespace."""
        _call("unshare", _NEW_PIDS)
        try:
            child = os.fork()
        except OSError:
            _call("setns", self.own, _NEW_PIDS)
            raise
        if child:
            _call("setns", self.own, _NEW_PIDS)
        return child


def enter(asked: dict[str, Any], results: str) -> None:
    """Isolate this process as the user ``uid``, or as nobody if ``uid`` is None.

    ``asked`` contains ``limits``, ``uid``, ``workplace`` (which becomes an empty writable folder) and ``kept`` (paths
    that must stay visible below folders that become empty). The file ``results`` appears as ``RESULTS``. Raise
    ``OSError`` if the kernel forbids a step; no code may run in that case.
    """
    uid, workplace = asked["uid"], asked["workplace"]
    os.setsid()  # or `kill(0, …)` would reach the process that forked this one
    with contextlib.suppress(OSError):  # if memory runs out, this goes first
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
    _call("unshare", _NEW_FILES | _NEW_IPC)
    _file_systems(workplace, {results: RESULTS} | {name: name for name in asked["kept"]}, asked["limits"]["disk"])
    set_limits.lower(asked["limits"])
    if uid is None:
        _become_nobody()
    else:
        os.setgroups([])
        os.setresgid(uid, uid, uid)
        os.setresuid(uid, uid, uid)
    drop_rights()
    os.chdir(workplace)


def _file_systems(workplace: str, shown: dict[str, str], disk: int) -> None:
    """Mount empty folders over all writable folders, and mount the files and folders ``shown`` in them.

    ``shown`` maps existing paths to the paths at which they appear. ``disk`` is the size of each empty folder in bytes.
    """
    held = {os.open(name, os.O_PATH | os.O_CLOEXEC): Path(place) for name, place in shown.items()}
    own = f"size={disk},nr_inodes={_FILES},mode=1777".encode()
    flags = _NO_SUID | _NO_DEVICES
    _call("mount", None, b"/", None, _RECURSIVE | _PRIVATE, None)
    for place in (HOME, SHARED, workplace):
        _call("mount", b"tmpfs", place.encode(), b"tmpfs", flags, own)
    _call("mount", b"proc", b"/proc", b"proc", flags | _NO_EXEC, None)
    _call("mount", b"/proc/sys", b"/proc/sys", None, _BIND, None)
    _call("mount", None, b"/proc/sys", None, _BIND | _AGAIN | _READ_ONLY | flags | _NO_EXEC, None)
    _call("mount", b"devpts", b"/dev/pts", b"devpts", _NO_SUID | _NO_EXEC, _TERMINALS)
    for descriptor, path in held.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.mkdir() if stat.S_ISDIR(os.fstat(descriptor).st_mode) else path.touch()
        _call("mount", f"/proc/self/fd/{descriptor}".encode(), str(path).encode(), None, _BIND, None)
        os.close(descriptor)


def _become_nobody() -> None:
    """Enter a user namespace with nobody as its only user; outside, this is the user who started bubblewrap."""
    uid, gid = os.getuid(), os.getgid()
    _call("unshare", _NEW_USER)
    Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
    Path("/proc/self/uid_map").write_text(f"{NOBODY} {uid} 1\n", encoding="ascii")
    Path("/proc/self/gid_map").write_text(f"{NOBODY} {gid} 1\n", encoding="ascii")


def drop_rights() -> None:
    """Drop all capabilities and refuse system calls that no exercise needs, for this process and its children."""
    header = (ctypes.c_uint32 * 2)(0x2008_0522, 0)  # _LINUX_CAPABILITY_VERSION_3, this process
    none = (ctypes.c_uint32 * 6)()
    _call("capset", ctypes.byref(header), ctypes.byref(none))
    syscalls.refuse()
    _call("prctl", _DUMPABLE, 1, 0, 0, 0)  # so that code can read its own /proc/self, as it can elsewhere


def _call(name: str, *arguments: Any) -> None:
    if getattr(_LIBRARY, name)(
        *(ctypes.c_ulong(argument) if isinstance(argument, int) else argument for argument in arguments)
    ):
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")
