"""Copy the course once into a trainee's home on a hub; a new version is laid over it, but never over the work."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from buuchinh import course
from buuchinh.errors import KitError
from buuchinh.files import read_json, reason, remove_tree, whole_folder, write_bytes, write_json
from buuchinh.messages import say

FOLDER = "khoa-hoc"
"""The folder of the course in a trainee's home."""
_STAMP = ".ban-khoa-hoc.json"
"""The file that says which copy of the course lies in the home."""
_OWN = frozenset(folder.name for folder in course.PERSONAL_FOLDERS)
"""Folders in which a trainee writes; nothing is ever laid over them, and none of them is copied."""
_PROGRAM = frozenset({"buuchinh", "wheels", ".venv", "node_modules", ".git"})
"""Files with which a bundle runs by itself; on a hub the installed kit runs."""


def brought(bundle: Path, home: Path) -> Path:
    """Return the course in ``home``, copied from ``bundle`` if it is not there yet or is another one.

    Raise ``KitError`` if ``bundle`` is no trainee's course, or if it cannot be copied; the course that was there stays.
    """
    if not (bundle / course.SETTINGS).is_file() or not (bundle / course.START_PAGE).is_file():
        raise KitError(say("lab.hub.no_course"), say("lab.hub.no_course_way_out"), path=str(bundle))
    if (bundle / course.SOURCE).exists():
        raise KitError(say("lab.hub.has_keys"), say("lab.hub.no_course_way_out"), path=str(bundle))
    target = home / FOLDER
    try:
        top = [path.name for path in _entries(bundle)]
        stamp: dict[str, Any] = {"format": 1, "top": top, "files": _fingerprint(bundle)}
        if (before := _stamp_of(target)) != stamp:
            _lay(bundle, target)
            for gone in {*before.get("top", ())} - {*top} - _OWN:
                _take_away(target / gone)
            write_json(target / _STAMP, stamp)
    except OSError as error:
        message = say("lab.hub.not_copied", reason=reason(error))
        raise KitError(message, say("lab.hub.not_copied_way_out"), path=error.filename or str(target)) from error
    return target


def _lay(bundle: Path, target: Path) -> None:
    """Copy each file and folder of the bundle to ``target``, replacing the previous one."""
    target.mkdir(parents=True, exist_ok=True)
    for path in _entries(bundle):
        if path.is_dir():
            with whole_folder(target / path.name) as fresh:
                shutil.copytree(path, fresh, dirs_exist_ok=True, copy_function=shutil.copyfile)
        else:
            write_bytes(target / path.name, path.read_bytes())


def _take_away(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        remove_tree(path)
    else:
        path.unlink(missing_ok=True)


def _entries(bundle: Path) -> Iterator[Path]:
    return (path for path in sorted(bundle.iterdir()) if path.name not in _OWN | _PROGRAM)


def _fingerprint(bundle: Path) -> str:
    """Return a hash of the names, sizes and times of all files, which takes milliseconds for a whole course."""
    hashed = hashlib.sha256()
    for top in _entries(bundle):
        for path in sorted([top, *top.rglob("*")] if top.is_dir() else [top]):
            if path.is_file():
                seen = path.stat()
                hashed.update(f"{path.relative_to(bundle)}\0{seen.st_size}\0{seen.st_mtime_ns}\n".encode())
    return hashed.hexdigest()


def _stamp_of(target: Path) -> dict[str, Any]:
    """Return what the last copy wrote about itself, or nothing if it is missing or damaged: then all is laid anew."""
    with suppress(KitError, OSError):
        stamp = read_json(target / _STAMP)
        if isinstance(stamp, dict) and isinstance(stamp.get("top"), list):
            return stamp
    return {}
