"""List the files to back up: all data about a class, and the files on which the class's points depend.

The course's own files (releases with answer keys, corrections, settings, the record of an exam's random draw) are not
personal data. But no other backup has these files, and without them a class's submissions could not be graded to the
same points.
"""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from buuchinh import course
from buuchinh.classroom import gradebook
from buuchinh.spreadsheet import WORKBOOKS
from buuchinh.text import visible

GRADEBOOK = "gradebook.db"
LISTS = frozenset({".csv", *WORKBOOKS})
"""File suffixes that a class list may have."""
_EXAM = PurePosixPath(course.POOL).parts[0]
_OURS = frozenset(
    {course.SOURCE, course.EXERCISES, course.LESSONS, course.DATASETS, _EXAM, "buuchinh", "docs", "tests", "benchmarks"}
)
"""Folders that belong to the course itself and are not searched for class lists."""


def members() -> dict[str, Path]:
    """Map names in the zip file to the paths of the files to back up, except the gradebook."""
    files: dict[str, Path] = {}
    for folder in course.PERSONAL_FOLDERS:
        if folder.backed_up:
            files |= dict(_below(folder.name, gradebook.place(folder)))
    files = {name: path for name, path in files.items() if not _of_a_job(PurePosixPath(name))}
    files |= {path.relative_to(course.root()).as_posix(): path for path in class_lists()}
    return files | dict(_of_the_course())


def is_member(name: str) -> bool:
    """Return whether a backup may contain a file with this name.

    Names outside the course or within its program code are refused, so a tampered backup cannot install a program.
    """
    path = PurePosixPath(name)
    parts = path.parts
    if not parts or path.is_absolute() or "\\" in name or ":" in name or any(part.startswith(".") for part in parts):
        return False
    if _of_a_job(path):
        return False
    if len(parts) == 1:
        return name in {GRADEBOOK, course.SETTINGS} or path.suffix.lower() in LISTS
    if parts[0] in {course.SOURCE, course.EXERCISES, _EXAM}:
        return True
    if parts[0] in {folder.name for folder in course.PERSONAL_FOLDERS if folder.backed_up}:
        return True
    if path.parent == PurePosixPath(course.BANKS):
        return path.suffix == ".csv"
    return parts[0] not in _OURS and path.suffix.lower() in LISTS


def changed_exercises(manifest: Mapping[str, str]) -> dict[str, int]:
    """Map each folder below ``source/`` and ``exercises/`` to the number of its files that a backup has otherwise.

    Their notebooks have cells that this computer runs, so nobody should restore them without knowing of it.
    """
    return dict(
        Counter(
            visible("/".join(PurePosixPath(name).parts[:2]))
            for name in sorted(manifest)
            if PurePosixPath(name).parts[0] in {course.SOURCE, course.EXERCISES}
            and differs(course.root() / name, manifest[name])
        )
    )


def differs(path: Path, digest: str) -> bool:
    """Return whether a file is not here, or has another SHA-256 hash (hex)."""
    return not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != digest


def _of_a_job(path: PurePosixPath) -> bool:
    """Return whether a file belongs to a job, whose process is on this machine, so that no backup may replace it."""
    return path.parts[:2] == (course.OUTCOMES, course.JOBS)


def class_lists() -> list[Path]:
    """Return the paths of class lists: all tables in the course folder that are not part of the course itself."""
    root = course.root()
    registered = {gradebook.place(folder).resolve() for folder in course.PERSONAL_FOLDERS}
    lists = []
    for top, folders, names in os.walk(root):
        here = Path(top)
        folders[:] = sorted(name for name in folders if not name.startswith(".") and (here / name) not in registered)
        if here == root:
            folders[:] = [name for name in folders if name not in _OURS]
        folders[:] = [name for name in folders if not course.is_practice_class(here / name)]
        lists += [here / name for name in sorted(names) if name[0] not in ".~" and Path(name).suffix.lower() in LISTS]
    return lists


def _of_the_course() -> Iterator[tuple[str, Path]]:
    root = course.root()
    if (root / course.SETTINGS).is_file():
        yield course.SETTINGS, root / course.SETTINGS
    for name in (course.SOURCE, course.EXERCISES, _EXAM):
        yield from _below(name, root / name)
    for path in sorted((root / course.BANKS).glob("*.csv")):
        yield f"{course.BANKS}/{path.name}", path


def _below(name: str, folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield (name in the zip file, path) for each file in a folder.

    Hidden files, such as unfinished files, locks and editors' files, are skipped.
    """
    for top, folders, names in os.walk(folder):
        folders[:] = sorted(one for one in folders if not one.startswith("."))
        for one in sorted(names):
            path = Path(top) / one
            if not one.startswith(".") and path.is_file() and not path.is_symlink():
                yield f"{name}/{path.relative_to(folder).as_posix()}", path
