"""Cache the site's pages on disk until their source files change.

After a change to one question, only the pages of its lesson are rebuilt.
"""

from __future__ import annotations

import hashlib
import sys
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import PIL
from PIL import features

from buuchinh import course, disk_cache
from buuchinh.learner.data import openings
from buuchinh.learner.data import unit as unit_pages
from buuchinh.learner.data.types import Page, UnitPage
from buuchinh.questions import question_bank
from buuchinh.release import versions
from buuchinh.site import chart_files, earlier_sheets, given_cells


@dataclass(frozen=True)
class BuiltPage:
    """A page, the files in its notebook's folder that it shows, and its charts (PNG) by path within the site."""

    page: UnitPage
    shown: tuple[str, ...]
    charts: dict[str, bytes]


def lesson(path: Path) -> BuiltPage:
    """Return the page of a lesson, from the cache or built by ``unit.lesson``."""
    unit = f"l{course.lesson_number(path)}"
    return _build_page(unit, [path, *_questions(unit), *openings.paths()], lambda: unit_pages.lesson(path))


def exercise(unit: str) -> BuiltPage:
    """Return the page of a released exercise or exam, from the cache or built by ``unit.exercise``."""
    folder = course.exercise_folder(unit)

    def make() -> tuple[UnitPage, list[str]]:
        return unit_pages.exercise(unit, given_cells.displayed(folder / f"{unit}.ipynb"))

    return _build_page(unit, disk_cache.within(folder), make)


def earlier(unit: str, version: str) -> BuiltPage:
    """Return the page of an earlier version of a unit, from the cache or built by ``earlier_sheets.page``."""
    paths = disk_cache.within(versions.folder(unit, version))
    return _build_page(f"{unit}-{version}", paths, lambda: earlier_sheets.page(unit, version))


def short_test(unit: str) -> UnitPage:
    """Return the page of a short test, from the cache or built by ``unit.short_test``."""
    page: UnitPage = _cached(unit, _questions(unit), lambda: unit_pages.short_test(unit))
    return page


def tries(unit: str) -> UnitPage | None:
    """Return the page of an exercise's practice questions, built by ``unit.tries``, or None if it has none."""
    path = course.try_path(unit)
    if not path:
        return None
    notebook = course.exercise_folder(unit) / f"{unit}.ipynb"
    page: UnitPage | None = _cached(f"{unit}-tries", [path, notebook], lambda: unit_pages.tries(unit) or {}) or None
    return page


def self_check(unit: str) -> UnitPage | None:
    """Return the self-check that replaces an exercise in self-study, or None if it has no practice questions."""
    path = course.try_path(unit)
    page: UnitPage | None = _cached(f"{unit}-self-check", [path], lambda: unit_pages.self_check(unit)) if path else None
    return page


def alone(made: UnitPage, path: Path) -> list[UnitPage]:
    """Return the standalone pages of a lesson's scenarios, from the cache or built by ``unit.alone``.

    ``made`` is the lesson's page, and ``path`` its notebook.
    """
    paths = [path, *_questions(made["id"])]
    pages: list[UnitPage] = _cached(f"{made['id']}-alone", paths, lambda: unit_pages.alone(made))
    return pages


def of_tables(name: str, make: Callable[[], Page], drawings_read: Iterable[Path] = ()) -> Page:
    """Return the cached result of ``make()``, which may read only the course's tables and ``drawings_read``."""
    page: Page = _cached(name, drawings_read, make)
    return page


def _questions(unit: str) -> list[Path]:
    return [path for path in question_bank.practice_files() if path.stem == unit]


def _build_page(name: str, paths: Iterable[Path], make: Callable[[], tuple[UnitPage, list[str]]]) -> BuiltPage:
    def make_light() -> list[Any]:
        page, shown = make()
        light, charts = _extract_charts(name, page)
        return [light, shown, {file: b64encode(data).decode("ascii") for file, data in charts.items()}]

    page, shown, charts = _cached(name, paths, make_light)
    return BuiltPage(page, tuple(shown), {file: b64decode(data) for file, data in charts.items()})


def _extract_charts(name: str, page: UnitPage) -> tuple[UnitPage, dict[str, bytes]]:
    """Return the page and its charts as ``chart_files.extract_charts`` does, packing only charts that are new.

    A page changes with any table of the course, its charts only when its notebook is executed again.
    """
    packed: dict[str, str] = disk_cache.read_named(f"charts-{name}", _packing()) or {}
    used: dict[str, str] = {}

    def light(data: bytes) -> bytes:
        digest = hashlib.sha256(data).hexdigest()
        used[digest] = packed.get(digest) or b64encode(chart_files.light(data)).decode("ascii")
        return b64decode(used[digest])

    made = chart_files.extract_charts(page, light)
    if used != packed:
        disk_cache.write_named(f"charts-{name}", _packing(), used)
    return made


@cache
def _packing() -> str:
    """Return what a packed chart depends on besides the chart itself."""
    code = hashlib.sha256(Path(chart_files.__file__).read_bytes()).hexdigest()
    return " ".join((code, PIL.__version__, str(features.version("zlib")), sys.version))


def _cached(name: str, paths: Iterable[Path], make: Callable[[], Any]) -> Any:
    return disk_cache.values(f"site-{name}", paths, make, PIL.__version__)
