"""What is kept about persons: copied to a safe place, and erased when somebody asks (Law 91/2025/QH15).

A backup is one zip that is read again and compared before it is called done. Erasing goes
through the gradebook and every folder that bears a trainee's code, and says which backups
still hold that person.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from buuchinh import course
from buuchinh.classroom import gradebook
from buuchinh.codes import normalise
from buuchinh.errors import KitError, Problem
from buuchinh.files import read_json, write_bytes
from buuchinh.grading import outcomes, run_log, unchanged
from buuchinh.intake.store import KEPT, REFUSED
from buuchinh.messages import say
from buuchinh.results import report

BACKUPS = "backup"
_SQLITE = "sqlite:///"
_MANIFEST = "manifest.json"


@dataclass(frozen=True)
class Backup:
    """One finished backup."""

    path: Path
    files: int
    size: int


@dataclass(frozen=True)
class Erased:
    """What was erased of one person, and the backups that still hold something."""

    code: str
    in_gradebook: bool
    places: tuple[str, ...]
    backups: tuple[str, ...]


def backup() -> Backup:
    """Write ``backup/buuchinh_<time>.zip``: gradebook, hand-ins, feedback, reports, roster.

    Raises ``KitError`` where the gradebook is not SQLite (its server has its own tools),
    where there is nothing to keep, or where the zip does not read back as it was written.
    """
    path = _sqlite()
    with tempfile.TemporaryDirectory(prefix="buuchinh-") as scratch:
        members: dict[str, Path] = dict(_members())
        if path.exists():
            copy = Path(scratch) / "gradebook.db"
            _copy_database(path, copy)
            members["gradebook.db"] = copy
        if not members:
            raise KitError(say("personal_data.nothing"))
        made = Path(scratch) / "backup.zip"
        manifest = _write_zip(made, members)
        _verify(made, manifest)
        target = _free(course.root() / BACKUPS / f"buuchinh_{datetime.now().astimezone():%Y%m%d-%H%M%S}.zip")
        write_bytes(target, made.read_bytes())
        _verify(target, manifest)
    return Backup(target, len(manifest), target.stat().st_size)


def holds(code: str) -> list[str]:
    """Return all places that hold something of a trainee, for a person to read before erasing."""
    root = course.root()
    code = normalise(code)
    found = [_shown(path) for path in _places(code)]
    found += [_shown(path) for path in _with_mentions(code)]
    found += [_shown(run_log.place())] if run_log.mentions(code) else []
    if _in_gradebook(code):
        found.insert(0, say("personal_data.gradebook"))
    if (root / course.WORK / "hoc-vien.json").exists() and course.current_code() == code:
        found.append(f"{course.WORK}/hoc-vien.json")
    return found


def forget(code: str) -> Erased:
    """Erase all that is kept about a trainee on this machine; backups are named, not changed.

    Raises ``KitError`` for a mistyped code and where nothing is known of it.
    """
    code = normalise(code)
    known = holds(code)
    still = _backups_with(code)
    if not known and not still:
        raise KitError(say("personal_data.unknown", code=code))
    in_gradebook = _in_gradebook(code)
    if in_gradebook:
        with gradebook.opened() as book:
            book.remove_student(code)
        _vacuum()
    own = course.root() / course.WORK / "hoc-vien.json"
    if own.exists() and course.current_code() == code:
        own.unlink()
    run_log.forget(code)
    unchanged.forget(code)
    for path in [*_places(code), *_with_mentions(code)]:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    return Erased(code, in_gradebook, tuple(known), tuple(still))


def _places(code: str) -> list[Path]:
    """Return the folders of a trainee: by nbgrader's steps, the grader's book, kept and refused hand-ins."""
    root = course.root()
    found = [gradebook.folder(step) / code for step in ("submitted", "autograded", "feedback")]
    found += [root / outcomes.BOOK / code, root / course.WORK / code]
    found += sorted((root / KEPT).glob(f"*/{code}"))
    found += [folder for folder in sorted((root / KEPT / REFUSED).glob("*")) if _names(folder, code)]
    return [path for path in found if path.exists()]


def _names(folder: Path, code: str) -> bool:
    """Whether a refused hand-in was this trainee's: as its note says, or as the name of its file does."""
    try:
        note = json.dumps(read_json(folder / "collected.json"), ensure_ascii=False)
    except KitError:
        note = ""
    return code in note or any(code in path.name for path in folder.rglob("*"))


def _with_mentions(code: str) -> list[Path]:
    """Return files that a command makes again and that name the trainee: reports."""
    files = (path for path in sorted((course.root() / report.FOLDER).rglob("*")) if path.is_file())
    return [path for path in files if code.encode() in _contents(path)]


def _contents(path: Path) -> bytes:
    if path.suffix != ".xlsx":
        return path.read_bytes()
    try:
        with zipfile.ZipFile(path) as book:
            return b"".join(book.read(name) for name in book.namelist())
    except (OSError, zipfile.BadZipFile):
        return b""


def _in_gradebook(code: str) -> bool:
    return code in gradebook.students()


def _sqlite() -> Path:
    url = gradebook.url()
    if not url.startswith(_SQLITE):
        raise KitError([Problem("", 0, say("personal_data.not_sqlite"), say("personal_data.not_sqlite_way_out"))])
    return Path(url.removeprefix(_SQLITE))


def _copy_database(source: Path, target: Path) -> None:
    """Copy a database that somebody may be writing to: SQLite's own backup gives one moment of it."""
    with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(target)) as other:
        one.backup(other)
        if other.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise KitError(say("personal_data.damaged"))


def _vacuum() -> None:
    """Let nothing of the erased rows stay in the file's free pages."""
    url = gradebook.url()
    if url.startswith(_SQLITE):
        with closing(sqlite3.connect(url.removeprefix(_SQLITE))) as database:
            database.execute("PRAGMA secure_delete = ON")
            database.execute("VACUUM")
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _members() -> Iterator[tuple[str, Path]]:
    root = course.root()
    folders = [gradebook.folder(step) for step in ("submitted", "autograded", "feedback")]
    folders += [root / KEPT, root / outcomes.BOOK, root / report.FOLDER]
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.is_symlink():
                yield path.relative_to(root).as_posix(), path


def _write_zip(target: Path, members: dict[str, Path]) -> dict[str, str]:
    manifest = {}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, path in members.items():
            data = path.read_bytes()
            manifest[name] = hashlib.sha256(data).hexdigest()
            archive.writestr(name, data)
        note: dict[str, Any] = {"format": 1, "made_at": datetime.now().astimezone().isoformat(timespec="seconds")}
        archive.writestr(_MANIFEST, json.dumps(note | {"sha256": manifest}, indent=1))
    return manifest


def _verify(path: Path, manifest: dict[str, str]) -> None:
    with zipfile.ZipFile(path) as archive:
        for name, wanted in manifest.items():
            if hashlib.sha256(archive.read(name)).hexdigest() != wanted:
                raise KitError([Problem(path.name, 0, say("personal_data.not_verified", name=name))])


def _backups_with(code: str) -> list[str]:
    found = []
    for path in sorted((course.root() / BACKUPS).glob("*.zip")):
        try:
            with zipfile.ZipFile(path) as archive:
                names = archive.namelist()
                known = any(f"/{code}/" in name for name in names)
                known = known or ("gradebook.db" in names and code.encode() in archive.read("gradebook.db"))
        except (OSError, zipfile.BadZipFile):
            known = True
        if known:
            found.append(_shown(path))
    return found


def _free(path: Path) -> Path:
    number = 2
    free = path
    while free.exists():
        free = path.with_stem(f"{path.stem}-{number}")
        number += 1
    return free


def _shown(path: Path) -> str:
    try:
        return path.relative_to(course.root()).as_posix()
    except ValueError:
        return path.name
