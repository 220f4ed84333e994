"""Cache lint results and pages of the site on disk, by a hash of everything that they were computed from.

``check`` after one changed question then asks the rules about that question's file alone. An entry is found by the
hash of all that its rules read (``disk_cache``), so nothing has to be thrown away by hand.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from dataclasses import astuple
from importlib.resources import files
from pathlib import Path
from typing import Any

import pydantic

from buuchinh.course import disk_cache
from buuchinh.course.layout import DATASETS, LESSONS, SETTINGS, root
from buuchinh.errors import Problem
from buuchinh.parsed import once, stamp

_PACKAGE = Path(str(files("buuchinh")))


def problems(name: str, paths: Iterable[Path], make: Callable[[], Iterable[Problem]], *more: str) -> list[Problem]:
    """Return ``make()``, which reads the tables, the settings, ``paths``, drawings and nothing else of the course.

    ``more`` is what else its answer depends on. What it raises is raised and not kept.
    """
    return [
        Problem(*fields)
        for fields in values(f"check-{name}", paths, lambda: [list(astuple(problem)) for problem in make()], *more)
    ]


def values(name: str, paths: Iterable[Path], make: Callable[[], Any], *more: str) -> Any:
    """Return ``make()`` as JSON holds it (lists, no tuples), kept as ``problems`` are."""
    key = disk_cache.digest_of(paths, once(_of_the_whole), *more)
    name = name.replace("/", "-")
    kept = disk_cache.read(name, key)
    if kept is None:
        kept = make()
        disk_cache.write(name, key, kept)
    return kept


def within(folder: Path) -> list[Path]:
    """Return the files in ``folder`` at any depth, in order."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and ".ipynb_checkpoints" not in path.parts)


def _of_the_whole() -> str:
    """Return a hash of what every rule may read: tables, settings, drawings, and the package with its sentences."""
    top = root()
    tables = [path for path in within(top / DATASETS) if path.suffix in {".csv", ".json"}]
    drawings = sorted((top / LESSONS).rglob("*.svg"))
    code = [
        f"{path.relative_to(_PACKAGE)} {stamp(path)}" for path in within(_PACKAGE) if path.suffix in {".py", ".toml"}
    ]
    versions = (sys.version, pydantic.VERSION)
    return disk_cache.digest_of([*tables, top / SETTINGS, *drawings], *versions, *code)
