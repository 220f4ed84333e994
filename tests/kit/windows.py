"""Windows' rules for files, imitated on Linux: what they forbid is refused here, so that the kit is held to them.

- An open file is neither renamed, replaced nor deleted, nor is a folder that holds one. What this process has open the
  kernel says (``/proc/self/fd``); lock files, which ``filelock`` handles by Windows' own calls there, are left out.
- A read-only file is neither replaced nor deleted.
- A folder that exists is replaced by nothing, not even where it is empty.
- No ``<>:"|?*``, no dot or space at the end, no CON or NUL in a name; two names that differ by case are one name.

Not imitated: limits of processes (Job objects), which only Windows can show, what other processes have open, the
length of paths, drives.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

_FORBIDDEN = re.compile(r'[<>:"|?*\x00-\x1f]|[. ]$')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")
_LOCKS = (".dang-cham", ".answers.lock")
_ACCESS_DENIED, _SHARING, _BAD_NAME = 5, 32, 123
_watched: list[Path] = []


def refused(number: int, path: object) -> PermissionError:
    """Return what Windows raises: "access denied", and its own number beside it."""
    error = PermissionError(13, "Windows refuses", str(path))
    error.winerror = number  # type: ignore[attr-defined]
    return error


@contextmanager
def rules(root: Path) -> Iterator[None]:
    """Hold everything below ``root`` to Windows' rules while the body runs."""
    root = root.resolve()
    with pytest.MonkeyPatch.context() as patch:
        replace, rename, unlink, rmdir = os.replace, os.rename, os.unlink, os.rmdir

        def moving(way: Any) -> Any:
            def move(source: Any, target: Any, **more: Any) -> None:
                for path in (_full(source), _full(target)):
                    _refuse_open(path, root)
                goal = _full(target)
                if goal.is_dir() or (goal.exists() and _is_read_only(goal)):
                    raise refused(_ACCESS_DENIED, goal)
                way(source, target, **more)

            return move

        def removing(path: Any, *, dir_fd: int | None = None) -> None:
            full = _full(path, dir_fd)
            _refuse_open(full, root)
            if full.is_relative_to(root) and not full.is_symlink() and full.exists() and _is_read_only(full):
                raise refused(_ACCESS_DENIED, full)
            unlink(path, dir_fd=dir_fd)

        def emptying(path: Any, *, dir_fd: int | None = None) -> None:
            _refuse_open(_full(path, dir_fd), root)
            rmdir(path, dir_fd=dir_fd)

        for name, way in (
            ("replace", moving(replace)), ("rename", moving(rename)), ("unlink", removing), ("remove", removing),
            ("rmdir", emptying),
        ):  # fmt: skip
            patch.setattr(os, name, way)
        patch.setattr(shutil, "_use_fd_functions", False)  # as on Windows
        _watched.append(root)
        _listen()
        try:
            yield
        finally:
            _watched.remove(root)


def _full(path: Any, dir_fd: int | None = None) -> Path:
    start = Path(f"/proc/self/fd/{dir_fd}").readlink() if dir_fd is not None else Path.cwd()
    return Path(os.path.abspath(start / os.fsdecode(path)))  # noqa: PTH100  # a link is not followed


def _is_read_only(path: Path) -> bool:
    return path.is_file() and not path.stat().st_mode & stat.S_IWUSR


def _refuse_open(path: Path, root: Path) -> None:
    if not path.is_relative_to(root) or path.name.endswith(_LOCKS):
        return
    for number in Path("/proc/self/fd").iterdir():
        try:
            held = number.readlink()
        except OSError:  # the descriptor of this very listing
            continue
        if held == path or (path in held.parents and not held.is_dir()):
            raise refused(_SHARING, path)


def _listen() -> None:
    """Look at each name that is opened for writing, made or renamed; a hook cannot be taken away again."""
    if getattr(_listen, "done", False):
        return
    _listen.done = True  # type: ignore[attr-defined]

    def heard(event: str, args: tuple[Any, ...]) -> None:
        if not _watched:
            return
        if (
            event == "open" and isinstance(args[0], str) and isinstance(args[2], int) and args[2] & os.O_CREAT
        ) or event == "os.mkdir":
            _refuse_name(args[0])
        elif event == "os.rename":
            _refuse_name(args[1])

    sys.addaudithook(heard)


def _refuse_name(path: Any) -> None:
    full = _full(path)
    root = next((one for one in _watched if full.is_relative_to(one)), None)
    if root is None:
        return
    for part in full.relative_to(root).parts:
        if _FORBIDDEN.search(part) or _RESERVED.match(part):
            error = OSError(22, "Windows has no such name", str(full))
            error.winerror = _BAD_NAME  # type: ignore[attr-defined]
            raise error
    if full.parent.is_dir():
        for other in full.parent.iterdir():
            if other.name != full.name and other.name.lower() == full.name.lower():
                raise AssertionError(f"on Windows this is one file: {full} and {other}")
