"""Tell what restoring a backup would replace, before anything is written."""

from __future__ import annotations

import sqlite3
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from buuchinh import course
from buuchinh.classroom import gradebook
from buuchinh.errors import KitError
from buuchinh.files import UNFINISHED
from buuchinh.personal_data import backup_contents, restoring

_STUDENTS = "SELECT id FROM student"


@dataclass(frozen=True)
class Preview:
    """The changes that a restoration would make.

    ``made_at`` is the time of the backup and ``files`` the number of its files. ``gone`` are the codes that only the
    current gradebook has, ``back`` those that only the backup's has, and ``people`` is the number in the backup; it is
    None if the backup has no gradebook. ``attempts`` is the number of attempts that were collected since and would be
    gone. ``replaced`` names the class lists, settings and course files that would change; ``about_exercises``
    says which exercises would, or is "".
    """

    made_at: datetime
    files: int
    people: int | None
    gone: tuple[str, ...]
    back: tuple[str, ...]
    attempts: int
    replaced: tuple[str, ...]
    about_exercises: str


def preview(path: Path) -> Preview:
    """Return what restoring the backup ``path`` would change; nothing is written.

    Raise ``KitError`` if the file is not a backup of this kind of class, as ``restore`` does.
    """
    made_at, manifest = restoring.read_manifest(path)
    restoring.refuse_other_kind_of_class(path)
    here = backup_contents.members()
    now, then = _people_now(), _people_then(path, manifest)
    return Preview(
        made_at,
        len(manifest),
        None if then is None else len(then),
        tuple(sorted(now - then)) if then is not None else (),
        tuple(sorted(then - now)) if then is not None else (),
        len(_attempts(here) - _attempts(manifest)),
        tuple(sorted(name for name in filter(_copied_over, manifest) if _is_changed(here.get(name), manifest[name]))),
        restoring.about_exercises(manifest),
    )


def _people_now() -> set[str]:
    try:
        return set(gradebook.students())
    except KitError:  # a damaged gradebook, which the backup is to repair
        return set()


def _people_then(path: Path, manifest: Mapping[str, str]) -> set[str] | None:
    """Return the codes in the backup's gradebook, or None if it has none that can be read."""
    if backup_contents.GRADEBOOK not in manifest:
        return None
    with tempfile.TemporaryDirectory(dir=course.root(), prefix=UNFINISHED) as scratch, zipfile.ZipFile(path) as packed:
        copy = Path(packed.extract(backup_contents.GRADEBOOK, scratch))
        try:
            with closing(sqlite3.connect(copy)) as database:
                return {str(code) for (code,) in database.execute(_STUDENTS)}
        except sqlite3.Error:
            return None


def _attempts(names: Iterable[str]) -> set[tuple[str, ...]]:
    """Return the folders of attempts among files' names."""
    parts = (PurePosixPath(name).parts for name in names)
    return {one[:4] for one in parts if len(one) > 4 and one[0] == course.ATTEMPTS and course.graded(one[1])}


def _copied_over(name: str) -> bool:
    """Return whether a file is copied over the current one, since its folder is not replaced as a whole."""
    personal = {folder.name for folder in course.PERSONAL_FOLDERS}
    return name != backup_contents.GRADEBOOK and PurePosixPath(name).parts[0] not in personal


def _is_changed(path: Path | None, digest: str) -> bool:
    return path is None or backup_contents.differs(path, digest)
