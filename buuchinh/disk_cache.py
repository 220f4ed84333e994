"""Cache results on disk, each under a hash of all its inputs.

All entries have the same format: ``{"version": …, "key": …, "value": …}`` as JSON, written atomically. An entry that is
unreadable or has another key or version is ignored, and the result is computed again. So the cache never has to be
cleared by hand, but may be cleared at any time. It consists of ``.buuchinh-cache/`` (questions as JSON, results of
``check`` and ``derive``, pages of the site), and of each ``execution.json`` and ``<unit>.json`` in ``so-cham/``. A new
entry replaces the entry with the same name, and the oldest entries in ``.buuchinh-cache/`` are removed when the folder
exceeds ``FOLDER_AT_MOST``.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.metadata
import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import astuple
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from buuchinh import course
from buuchinh.errors import KitError, Problem
from buuchinh.files import PRIVATE, read_json, write_bytes
from buuchinh.parsed import once

FOLDER = ".buuchinh-cache"
OUTPUT_LOCK = "bundle.lock"
"""Lock file in ``FOLDER``, held while files to hand out are written and what a killed run left is removed."""
"""Name of the cache folder in the course, which git ignores.

The folder contains answer keys, so no bundle includes it and only its owner may read it.
"""
VERSION = 2
"""Format version of the entries; entries with another version are ignored."""
AT_MOST, FOLDER_AT_MOST = 200_000_000, 500_000_000
"""Maximum size in bytes of one entry, and of all of ``FOLDER``; this course's entries take 23 million bytes."""
UNREAD = frozenset({"deadlines", "deadline_by", "leader", "site"})
"""The settings of a class rather than of the course, which no cached result may read: they are not in its key."""
_PACKAGE = Path(str(files("buuchinh")))
_RESTS_ON = ("jinja2", "matplotlib", "mistune", "numpy", "pandas", "pillow", "pydantic", "ruamel.yaml")
"""The packages that read, check or draw what is cached; charts use the font that matplotlib brings along."""
_CODE = frozenset({".py", ".toml", ".yml", ".j2", ".svg"})
"""Suffixes of the package's files that results rest on, which leaves out scripts and styles for browsers."""


def read(path: Path, key: str) -> Any:
    """Return the value stored in ``path`` for ``key``, or None if there is no valid entry with that key."""
    try:
        entry = read_json(path, at_most=AT_MOST)
        return entry["value"] if entry["version"] == VERSION and entry["key"] == key else None
    except (KitError, KeyError, TypeError):
        return None


def latest(path: Path) -> Any:
    """Return the value stored in ``path`` whatever its key, or None if there is no valid entry."""
    try:
        entry = read_json(path, at_most=AT_MOST)
        return entry["value"] if entry["version"] == VERSION else None
    except (KitError, KeyError, TypeError):
        return None


def write(path: Path, key: str, value: Any, *, mode: int | None = None) -> None:
    """Write ``value`` for ``key`` to ``path``; ``mode`` is that of ``write_bytes``. Raise ``OSError`` if that fails."""
    entry = {"version": VERSION, "key": key, "value": value}
    text = json.dumps(entry, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    write_bytes(path, text.encode("utf-8"), mode=mode, lasting=False)


def read_named(name: str, key: str) -> Any:
    """Return the value of the entry ``name`` in ``FOLDER`` for ``key``, or None if there is no such valid entry."""
    with contextlib.suppress(KitError):
        return read(_path(name), key)
    return None


def write_named(name: str, key: str, value: Any) -> None:
    """Replace the entry ``name`` in ``FOLDER``; if an error occurs, it is ignored and the value is not cached."""
    with contextlib.suppress(OSError, ValueError, KitError):
        path = _path(name)
        if not path.exists():
            _make_room(path.parent)
        write(path, key, value, mode=PRIVATE)


def problems(name: str, paths: Iterable[Path], make: Callable[[], Iterable[Problem]], *more: str) -> list[Problem]:
    """Return the result of ``make()``, cached under ``name``.

    ``make`` may read only the course's tables, settings (except ``UNREAD``) and drawings and the files ``paths``;
    ``more`` contains any other inputs. Exceptions raised by ``make`` are not cached.
    """
    return [
        Problem(*fields)
        for fields in values(f"check-{name}", paths, lambda: [list(astuple(problem)) for problem in make()], *more)
    ]


def values(name: str, paths: Iterable[Path], make: Callable[[], Any], *more: str) -> Any:
    """Return the result of ``make()`` in JSON form (lists instead of tuples), cached as in ``problems``."""
    key = _digest_of(paths, once(_of_the_whole), *more)
    name = name.replace("/", "-")
    value = read_named(name, key)
    if value is None:
        value = make()
        write_named(name, key, value)
    return value


def within(folder: Path) -> list[Path]:
    """Return the files in ``folder`` at any depth, sorted, without notebook checkpoints."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and ".ipynb_checkpoints" not in path.parts)


def _path(name: str) -> Path:
    return course.root() / FOLDER / f"{name}.json"


def _make_room(folder: Path) -> None:
    """Create ``folder`` with a file that hides it from git, and remove its oldest files if it is too large.

    Among them are files that a killed process left unfinished.
    """
    folder.mkdir(exist_ok=True)
    ignore = folder / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n", encoding="utf-8")
    files = []
    for path in folder.iterdir():
        with contextlib.suppress(OSError):  # renamed or removed by another process meanwhile
            files.append((path.stat().st_mtime_ns, path.stat().st_size, path))
    files = sorted(one for one in files if one[2] != ignore)
    total = sum(size for _, size, _ in files)
    for _, size, path in files:
        if total <= FOLDER_AT_MOST:
            return
        path.unlink(missing_ok=True)
        total -= size


def _of_the_whole() -> str:
    """Return a hash of the inputs of every rule: tables, settings, drawings, and the package with its messages."""
    root = course.root()
    tables = [path for path in within(root / course.DATASETS) if path.suffix in {".csv", ".json"}]
    drawings = sorted((root / course.LESSONS).rglob("*.svg"))
    return _digest_of([*tables, *drawings], _settings(), _package())


def _settings() -> str:
    """Return the settings that cached results may read or, if they are invalid, a hash of their file."""
    try:
        return course.settings().model_dump_json(exclude=set(UNREAD))
    except KitError:
        return _digest(course.root() / course.SETTINGS)


@cache
def _package() -> str:
    """Return a hash of the package's code and texts, by content, so that a copy of a course shares its cache.

    A running process keeps the code that it has loaded, so this is computed only once.
    """
    code = [path for path in within(_PACKAGE) if path.suffix in _CODE]
    names = [f"{path.relative_to(_PACKAGE).as_posix()} {_digest(path)}" for path in code]
    return hashlib.sha256("\n".join((sys.version, *map(_version, _RESTS_ON), *names)).encode("utf-8")).hexdigest()


def _version(package: str) -> str:
    with contextlib.suppress(importlib.metadata.PackageNotFoundError):
        return importlib.metadata.version(package)
    return ""


def _digest_of(paths: Iterable[Path], *more: str) -> str:
    """Return a hash of ``more`` and of the names and contents of ``paths``; a missing file has no content."""
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
