"""Keep on disk what was computed from files of the course, by the hash of all that it was computed from.

The folder is ignored by git and may be deleted at any time; where it is read-only, damaged or gone everything is
computed again. What it holds is JSON, one entry a name, and is only a shortcut: no other file names it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from buuchinh.course.layout import root
from buuchinh.errors import KitError
from buuchinh.parsed import once

FOLDER = ".buuchinh-cache"
VERSION = 1
"""Shape of the entries; another number in one, and it is passed over."""


def read(name: str, key: str) -> Any:
    """Return the entry ``name`` as it was written for ``key``; None where there is none, or it is of another key."""
    try:
        entry = json.loads((root() / FOLDER / f"{name}.json").read_bytes())
        return entry["value"] if entry["version"] == VERSION and entry["key"] == key else None
    except (OSError, ValueError, KeyError, TypeError, RecursionError, KitError):
        return None


def write(name: str, key: str, value: Any) -> None:
    """Replace the entry ``name``; where that cannot be done there is none, and no error."""
    with contextlib.suppress(OSError, KitError):
        folder = root() / FOLDER
        if not folder.is_dir():
            folder.mkdir()
            (folder / ".gitignore").write_text("*\n", encoding="utf-8")
        text = json.dumps({"version": VERSION, "key": key, "value": value}, ensure_ascii=False, separators=(",", ":"))
        handle, temporary = tempfile.mkstemp(dir=folder, prefix=f".{name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(text.encode("utf-8"))
            Path(temporary).replace(folder / f"{name}.json")
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise


def digest_of(files: Iterable[Path], *more: str) -> str:
    """Return a hash of the paths and contents of ``files``, those that are missing included, and of ``more``."""
    total, course = hashlib.sha256(), root()
    names = ((path.relative_to(course) if path.is_relative_to(course) else path, path) for path in files)
    for part in (*more, *(f"{name} {once(_digest, path)}" for name, path in names)):
        total.update(part.encode("utf-8", "surrogatepass") + b"\0")
    return total.hexdigest()


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
