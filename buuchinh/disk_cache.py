"""A cache of results on disk, each under the hash of all its inputs.

All files have one form: ``{"version": …, "key": …, "value": …}`` as JSON, written in one step. An entry of another key
or version, damaged, or unreadable, is ignored; missing results are computed again. So nothing has to be cleared by
hand, and everything may be: ``.buuchinh-cache/`` (questions as JSON, what ``check`` and ``derive`` found, pages of the
site), and in ``so-cham/`` each ``execution.json`` and ``<unit>.json``. An entry is removed when another takes its name,
and the oldest of ``.buuchinh-cache/`` once it holds more than ``FOLDER_AT_MOST``.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import astuple
from importlib.resources import files
from pathlib import Path
from typing import Any

import pydantic

from buuchinh import course
from buuchinh.errors import KitError, Problem
from buuchinh.files import read_json, write_bytes
from buuchinh.parsed import once, stamp

FOLDER = ".buuchinh-cache"
"""Within the course and ignored by git; it holds keys, so no bundle carries it and only its owner may read it."""
VERSION = 2
"""Shape of the entries; another number in one, and it is passed over."""
AT_MOST, FOLDER_AT_MOST = 200_000_000, 500_000_000
"""Bytes of one entry, and of the whole of ``FOLDER``: those of this course are 23 million."""
_PACKAGE = Path(str(files("buuchinh")))


def read(path: Path, key: str) -> Any:
    """Return the value that was written to ``path`` for ``key``; None where there is none, or it is of another key."""
    try:
        entry = read_json(path, at_most=AT_MOST)
        return entry["value"] if entry["version"] == VERSION and entry["key"] == key else None
    except (KitError, KeyError, TypeError):
        return None


def write(path: Path, key: str, value: Any, *, private: bool = False) -> None:
    """Replace the entry at ``path``; raises ``OSError`` where the disk does not take it."""
    entry = {"version": VERSION, "key": key, "value": value}
    text = json.dumps(entry, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    write_bytes(path, text.encode("utf-8"), private=private, lasting=False)


def read_named(name: str, key: str) -> Any:
    """Return the value of the entry ``name`` of ``FOLDER``, as ``read``."""
    with contextlib.suppress(KitError):
        return read(_path(name), key)
    return None


def write_named(name: str, key: str, value: Any) -> None:
    """Replace the entry ``name`` of ``FOLDER``; where that cannot be done there is none, and no error."""
    with contextlib.suppress(OSError, ValueError, KitError):
        path = _path(name)
        if not path.exists():
            _make_room(path.parent)
        write(path, key, value, private=True)


def problems(name: str, paths: Iterable[Path], make: Callable[[], Iterable[Problem]], *more: str) -> list[Problem]:
    """Return ``make()``, cached; it reads only the tables, the settings, ``paths`` and drawings of the course.

    ``more`` holds its other inputs. Its exceptions are raised and not cached.
    """
    return [
        Problem(*fields)
        for fields in values(f"check-{name}", paths, lambda: [list(astuple(problem)) for problem in make()], *more)
    ]


def values(name: str, paths: Iterable[Path], make: Callable[[], Any], *more: str) -> Any:
    """Return ``make()`` in JSON form (lists, no tuples), cached as in ``problems``."""
    key = _digest_of(paths, once(_of_the_whole), *more)
    name = name.replace("/", "-")
    value = read_named(name, key)
    if value is None:
        value = make()
        write_named(name, key, value)
    return value


def within(folder: Path) -> list[Path]:
    """Return the files in ``folder`` at any depth, in order."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and ".ipynb_checkpoints" not in path.parts)


def _path(name: str) -> Path:
    return course.root() / FOLDER / f"{name}.json"


def _make_room(folder: Path) -> None:
    """Create ``folder`` with a file that hides it from git; remove its oldest entries where it is too large."""
    folder.mkdir(exist_ok=True)
    ignore = folder / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n", encoding="utf-8")
    entries = sorted((path.stat().st_mtime_ns, path.stat().st_size, path) for path in folder.glob("*.json"))
    total = sum(size for _, size, _ in entries)
    for _, size, path in entries:
        if total <= FOLDER_AT_MOST:
            return
        path.unlink(missing_ok=True)
        total -= size


def _of_the_whole() -> str:
    """Return a hash of the inputs of every rule: tables, settings, drawings, and the package with its sentences."""
    root = course.root()
    tables = [path for path in within(root / course.DATASETS) if path.suffix in {".csv", ".json"}]
    drawings = sorted((root / course.LESSONS).rglob("*.svg"))
    code = [
        f"{path.relative_to(_PACKAGE)} {stamp(path)}" for path in within(_PACKAGE) if path.suffix in {".py", ".toml"}
    ]
    versions = (sys.version, pydantic.VERSION)
    return _digest_of([*tables, root / course.SETTINGS, *drawings], *versions, *code)


def _digest_of(paths: Iterable[Path], *more: str) -> str:
    """Return a hash of the paths and contents of ``paths``, those that are missing included, and of ``more``."""
    total, root = hashlib.sha256(), course.root()
    names = ((path.relative_to(root) if path.is_relative_to(root) else path, path) for path in paths)
    for part in (*more, *(f"{name} {once(_digest, path)}" for name, path in names)):
        total.update(part.encode("utf-8", "surrogatepass") + b"\0")
    return total.hexdigest()


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
