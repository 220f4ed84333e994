"""Backup of all that is kept about trainees, and erasure of one of them on request (Law 91/2025/QH15).

Both go through the gradebook and ``course.PERSONAL_FOLDERS``. A backup is one zip that is read again and
compared before it is called done; an erasure names the backups that still hold that person.
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
from buuchinh.grading import outcomes, run_log
from buuchinh.messages import say

_GRADEBOOK = "gradebook.db"
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
            copy = Path(scratch) / _GRADEBOOK
            _copy_database(path, copy)
            members[_GRADEBOOK] = copy
        if not members:
            raise KitError(say("personal_data.nothing"))
        draft = Path(scratch) / "backup.zip"
        manifest = _write_zip(draft, members)
        _verify(draft, manifest)
        target = _free(course.root() / course.BACKUPS / f"buuchinh_{datetime.now().astimezone():%Y%m%d-%H%M%S}.zip")
        write_bytes(target, draft.read_bytes())
        _verify(target, manifest)
    return Backup(target, len(manifest), target.stat().st_size)


def holds(code: str) -> list[str]:
    """Return all places that hold something of a trainee, for a person to read before erasing."""
    code = normalise(code)
    places = [_shown(path) for path in [*_places(code), *_with_mentions(code)]]
    places += [_shown(run_log.place())] if run_log.mentions(code) else []
    if _in_gradebook(code):
        places.insert(0, say("personal_data.gradebook"))
    if course.current_code() == code:
        places.append(_shown(course.code_path()))
    return places


def forget(code: str) -> Erased:
    """Erase all that is kept about a trainee on this machine; backups are named, not changed.

    Raises ``KitError`` for a mistyped code and where nothing is known of it.
    """
    code = normalise(code)
    places = holds(code)
    backups = _backups_with(code)
    if not places and not backups:
        raise KitError(say("personal_data.unknown", code=code))
    in_gradebook = _in_gradebook(code)
    if in_gradebook:
        with gradebook.opened() as book:
            book.remove_student(code)
        _vacuum()
    if course.current_code() == code:
        course.code_path().unlink()
    run_log.forget(code)
    outcomes.forget_in_caches(code)
    for path in [*_places(code), *_with_mentions(code)]:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    return Erased(code, in_gradebook, tuple(places), tuple(backups))


def _path(folder: course.PersonalFolder) -> Path:
    return gradebook.folder(folder.name) if folder.step else course.root() / folder.name


def _places(code: str) -> list[Path]:
    """Return what belongs to one trainee alone: kept under the code, refused, or begun as a guest."""
    owned = [folder for folder in course.PERSONAL_FOLDERS if folder.of_trainee]
    places = [path for folder in owned for path in sorted(_path(folder).glob(folder.of_trainee.format(code=code)))]
    refused = course.root() / course.ATTEMPTS / course.REFUSED
    places += [folder for folder in sorted(refused.glob("*")) if _names(folder, code)]
    guest = course.root() / course.WORK / course.GUEST
    return places + [
        path.parent for path in sorted(guest.glob(f"*/{course.OWNER}")) if code.encode() in _contents(path)
    ]


def _names(folder: Path, code: str) -> bool:
    """Whether a refused submission was this trainee's: as its note says, or as the name of its file does."""
    try:
        note = json.dumps(read_json(folder / course.COLLECTED), ensure_ascii=False)
    except KitError:
        note = ""
    return code in note or any(code in path.name for path in folder.rglob("*"))


def _with_mentions(code: str) -> list[Path]:
    """Return files that a command makes again and that name the trainee: reports."""
    folders = [_path(folder) for folder in course.PERSONAL_FOLDERS if folder.made_again]
    files = (path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file())
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
    with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(target)) as copy:
        live.backup(copy)
        if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",):
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
    """Yield each file to back up and its name in the zip."""
    for folder in course.PERSONAL_FOLDERS:
        for path in sorted(_path(folder).rglob("*")) if folder.backed_up else ():
            if path.is_file() and not path.is_symlink():
                yield path.relative_to(course.root()).as_posix(), path


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
        for name, digest in manifest.items():
            if hashlib.sha256(archive.read(name)).hexdigest() != digest:
                raise KitError([Problem(path.name, 0, say("personal_data.not_verified", name=name))])


def _backups_with(code: str) -> list[str]:
    """Return the backups with something of a trainee; one that cannot be read may have."""
    backups = []
    for path in sorted((course.root() / course.BACKUPS).glob("*.zip")):
        try:
            with zipfile.ZipFile(path) as archive:
                names = archive.namelist()
                named = any(f"/{code}/" in name for name in names)
                named = named or (_GRADEBOOK in names and code.encode() in archive.read(_GRADEBOOK))
        except (OSError, zipfile.BadZipFile):
            named = True
        if named:
            backups.append(_shown(path))
    return backups


def _free(path: Path) -> Path:
    """Return ``path``, with a number where it is taken."""
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
