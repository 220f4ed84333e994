"""List the files that go into a bundle, the form in which the course is handed out to trainees and instructors.

Every file is named by one of the course's lists; no file is chosen by the pattern of its path. ``bundle.txt`` lists the
package's files (``buuchinh derive`` writes this list, and a maintainer reviews it before committing), the releases list
the exercises, ``datapackage.json`` the tables, and the table of objectives the lessons. Drawings and printed sheets are
included if a listed file links to them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from buuchinh import course, datasets, spreadsheet
from buuchinh.datasets.descriptor import DESCRIPTOR
from buuchinh.errors import KitError, Problem
from buuchinh.messages import say
from buuchinh.notebooks import read_notebook, source_of
from buuchinh.questions.drills import parts as drill_parts
from buuchinh.questions.practice import assessment
from buuchinh.release import unit_selection, verify_exercises
from buuchinh.release.unit_selection import UnitSelection

LICENSE = "LICENSE"
PACKAGE_LIST = "buuchinh/release/bundle.txt"
START = "buuchinh/lab/start"
READ_FIRST = "DOC-TOI-TRUOC.txt"
INSTRUCTORS_READ_FIRST = "DOC-GIANG-VIEN.txt"
"""Read-me file in ``START`` for an instructor's bundle, in which the file is named ``READ_FIRST``."""
UNITS_READ_FIRST = "DOC-MOT-BAI.txt"
"""Read-me file in ``START`` for a bundle that holds only a few units, without lessons."""
START_FILES = ("bat-dau.bat", "bat-dau.sh")
INSTRUCTORS_START_FILES = ("giang-vien.bat", "giang-vien.command", "giang-vien.sh", "cua-so-lenh.bat", "cua-so-lenh.sh")
"""An instructor's start files, copied from ``START`` to the folder that contains the package."""
EMERGENCY_CARD = "lessons/phu-luc/the-khan-cap.html"
OPENING_PICTURES = "lessons/mo-bai.toml"

_AT_TOP = (course.SETTINGS, "requirements.lock", LICENSE)
_FOLDERS = (course.LESSONS, course.EXERCISES, course.DATASETS, "buuchinh")
_OBJECTIVES = "datasets/questions/objectives.csv"
_KINDS = "py toml js mjs css json html svg png woff2 txt j2 bat command sh typed"
_PACKAGE_FILES = frozenset(f".{kind}" for kind in _KINDS.split(" "))
_AUTHORS_ONLY = re.compile(
    r"datasets/questions/(?:corrections\.csv|schema/)|buuchinh/authoring/templates/"
    r"|buuchinh/questions/types/\w+/(?:template[\w-]*\.\w+|vectors\.json|[\w.]+\.(?:js|css))$"
    r"|buuchinh/learner/(?:bundle\.js$|labextension/|src/|dist/scorm\.js$)|buuchinh/practice_class/made_up\.toml$"
    r"|buuchinh/desk/browser/(?:\w+\.test\.js|payloads\.d\.ts)$"
)
"""Paths that are not for trainees.

The recorded reason for a changed answer key would reveal the key, and the texts of the class to practise on answer a
graded question; schemas, templates, test vectors and script sources are authors' tools.
"""
_LINK = re.compile(r"\b(?:hinh|phu-luc)/[A-Za-z0-9][A-Za-z0-9._-]*\.(?:svg|png|html)\b")


@dataclass(frozen=True)
class BundleFiles:
    """A bundle's files (``paths``), the problems found, and unlisted files in the same folders (``left_out``).

    All paths are relative to the course's folder.
    """

    paths: tuple[str, ...]
    problems: tuple[Problem, ...]
    left_out: tuple[str, ...]


def list_files(chosen: UnitSelection | None = None) -> BundleFiles:
    """Return the files for a trainee's bundle, limited to the ``chosen`` units if given; nothing is written.

    Files that belong to units not chosen are not reported as left out.
    """
    root, chosen = course.root(), chosen or unit_selection.everything()
    problems = [problem for unit in chosen.units for problem in verify_exercises.differences(unit)]
    wrong = {problem.path for problem in problems}
    named, missed = _named(root, chosen)
    problems += missed
    problems += [
        Problem(path, 0, say("release.bundle.missing"), say("release.bundle.missing_way_out"))
        for path in sorted(named)
        if not _is_file(root / path) and not any(path == item or path.startswith(f"{item}/") for item in wrong)
    ]
    known = named if chosen.whole else _named(root, unit_selection.everything())[0]
    left_out = [path for path in files_on_disk(root) if path not in known and not authors_only(path)]
    return BundleFiles(tuple(sorted(named)), tuple(problems), tuple(left_out))


def _named(root: Path, chosen: UnitSelection) -> tuple[set[str], list[Problem]]:
    """Return the paths that the course's lists name for a bundle, and the problems found in those lists."""
    problems: list[Problem] = []
    named = {*_AT_TOP, course.START_PAGE, *(f"{START}/{name}" for name in (READ_FIRST, *START_FILES))}
    named.update(path for unit in chosen.units for path in verify_exercises.paths(unit))
    lessons = [] if chosen.alone else _lesson_numbers(root)
    practised = [] if chosen.alone else [*(f"l{number}" for number in lessons), *assessment.TESTS]
    practised += [path.stem for unit in chosen.units if (path := course.try_path(unit))]
    for part in (_datasets(root, practised), _lessons(root, lessons), _package(root)):
        for item in part:
            if isinstance(item, Problem):
                problems.append(item)
            else:
                named.add(item)
    if (root / EMERGENCY_CARD).is_file():
        named.add(EMERGENCY_CARD)
    if lessons and (root / OPENING_PICTURES).is_file():
        named.add(OPENING_PICTURES)
    named.update(_linked(root, named))
    named.update(course.stamps().values())
    return named, problems


def package_list() -> str:
    """Return the contents of ``PACKAGE_LIST``: one path per line for each package file except authors' tools."""
    return "".join(f"{path}\n" for path in sorted({PACKAGE_LIST, *_package_files(course.root())}))


def _package(root: Path) -> Iterator[str | Problem]:
    """Yield the paths in ``PACKAGE_LIST``, and a problem for each package file missing from that list."""
    try:
        listed = (root / PACKAGE_LIST).read_text(encoding="utf-8").split()
    except OSError:
        yield Problem(PACKAGE_LIST, 0, say("release.bundle.missing"), say("release.bundle.unlisted_way_out"))
        return
    yield from listed
    for path in sorted(set(_package_files(root)) - set(listed)):
        yield Problem(path, 0, say("release.bundle.unlisted"), say("release.bundle.unlisted_way_out"))


def _package_files(root: Path) -> Iterator[str]:
    """Yield the package's files with a known suffix, which excludes editors' backup copies and compiled files."""
    for path in files_on_disk(root, ("buuchinh",)):
        suffix = Path(path).suffix
        if suffix in _PACKAGE_FILES and (suffix == ".py" or not authors_only(path)):
            yield path


def _datasets(root: Path, practised: Iterable[str]) -> Iterator[str | Problem]:
    """Yield the paths of the course's data: tables, drawings, and the question files of the ``practised`` units.

    ``practised`` names lessons (``l01``), short tests and exercises that have practice questions.
    """
    yield f"datasets/{DESCRIPTOR}"
    try:
        tables = [resource.shown_path for resource in datasets.resources(root / course.DATASETS).values()]
    except KitError as error:
        yield from error.problems
        return
    yield from (path for path in tables if not _AUTHORS_ONLY.match(path))
    yield from (path.relative_to(root).as_posix() for path in drill_parts.drawing_paths())
    for unit in practised:
        if course.bank_path(unit).is_file() or course.settings().complete:
            yield f"{course.BANKS}/{unit}.yml"


def _lessons(root: Path, numbers: Iterable[str]) -> Iterator[str | Problem]:
    """Yield the path of each lesson's notebook, and a problem for each missing, duplicate or graded notebook."""
    for number in numbers:
        notebooks = [
            path for path in files_on_disk(root, ("lessons",)) if re.fullmatch(rf"lessons/{number}-[^/]*\.ipynb", path)
        ]
        if not notebooks and course.settings().complete:
            yield Problem(
                f"lessons/{number}-….ipynb", 0, say("release.bundle.missing"), say("release.bundle.missing_way_out")
            )
        if len(notebooks) > 1:
            yield Problem(
                notebooks[-1],
                0,
                say("release.bundle.lesson_twice", number=number),
                say("release.bundle.lesson_twice_way_out"),
            )
        for path in notebooks:
            if _has_graded_cells(root / path):
                yield Problem(path, 0, say("release.bundle.graded_lesson"), say("release.bundle.graded_lesson_way_out"))
            yield path


def _lesson_numbers(root: Path) -> list[str]:
    """Return the lesson numbers that the table of objectives names, such as ``["01", "02"]``."""
    if not (root / _OBJECTIVES).is_file():
        return []  # the Data Package names it, so datasets.check reports it as missing
    (_, head), *rows = spreadsheet.rows(root / _OBJECTIVES)
    column = head.index("lesson") if "lesson" in head else 0
    numbers = {cells[column] for _, cells in rows if len(cells) > column}
    return sorted(number for number in numbers if re.fullmatch(r"\d\d", number))


def _linked(root: Path, named: Iterable[str]) -> Iterator[str]:
    """Yield the drawings and printed sheets that lessons and practice questions link to, also indirectly."""
    seen: set[str] = set()
    unread = [path for path in named if path.startswith(("lessons/", "datasets/questions/"))]
    while unread:
        path = unread.pop()
        if path.endswith((".ipynb", ".yml", ".html")) and _is_file(root / path):
            links = {f"lessons/{link}" for link in _LINK.findall(_words(root / path))} - seen
            seen |= links
            unread += links
    yield from seen


def _words(path: Path) -> str:
    """Return the text that the author wrote in a file; a notebook's outputs are left out."""
    if path.suffix == ".ipynb":
        with suppress(KitError):
            return "\n".join(map(source_of, read_notebook(path)["cells"]))
    return path.read_text(encoding="utf-8")


def _has_graded_cells(path: Path) -> bool:
    """Return whether a notebook has an nbgrader cell or a solution, and thus belongs to an exercise, not a lesson."""
    text = path.read_text(encoding="utf-8")
    return "BEGIN SOLUTION" in text or bool(re.search(r'"nbgrader"\s*:', text))


def files_on_disk(root: Path, folders: Iterable[str] = _FOLDERS) -> Iterator[str]:
    """Yield the paths of all files below ``folders``, sorted within each folder, except hidden and compiled files."""
    for folder in folders:
        for path in sorted((root / folder).rglob("*")):
            inside = path.relative_to(root)
            hidden = any(part.startswith(".") or part == "__pycache__" for part in inside.parts)
            if not hidden and path.is_file():
                yield inside.as_posix()


def authors_only(path: str) -> bool:
    """Return whether a path within the course belongs to authors' tools or to the record of corrections."""
    return _AUTHORS_ONLY.match(path) is not None


def _is_file(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()
