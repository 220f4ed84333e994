"""Back up a class in one zip file, which is read back and verified before it gets its final name."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import tempfile
import zipfile
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from buuchinh import course
from buuchinh.classroom import gradebook
from buuchinh.classroom.turn import turn
from buuchinh.errors import KitError
from buuchinh.files import UNFINISHED, remove_tree, rename
from buuchinh.messages import say
from buuchinh.personal_data import backup_contents

MANIFEST = "manifest.json"
PRACTICE = "practice"
"""Field of the manifest that is True in a backup of a class to practise on, and missing in all others."""
FORMAT = 2
"""Current format of backups; format 1 had neither releases nor settings nor class lists."""


@dataclass(frozen=True)
class Backup:
    """A finished backup.

    ``path`` is the zip file, ``files`` the number of files in it, and ``size`` its size in bytes. ``server`` is the
    command that backs up a gradebook on a server, or "" if the gradebook is a file.
    """

    path: Path
    files: int
    size: int
    server: str = ""


@turn()
def backup() -> Backup:
    """Write ``backup/buuchinh_<time>.zip`` with the gradebook, submissions, feedback, reports, lists and grading data.

    A gradebook on a server must be backed up with the server's own tools. Raise ``KitError`` if there is nothing to
    back up, if the gradebook is damaged, or if the zip file does not read back as written.
    """
    return make()


def make(*, with_gradebook: bool = True) -> Backup:
    """Write a backup like ``backup``, optionally without the gradebook; the caller must hold the ``turn`` lock."""
    path = gradebook.file()
    members = backup_contents.members()
    folder = course.root() / course.BACKUPS
    folder.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(dir=folder, prefix=UNFINISHED))
    try:
        if path and path.exists() and with_gradebook:
            copy = scratch / backup_contents.GRADEBOOK
            _copy_database(path, copy)
            members[backup_contents.GRADEBOOK] = copy
        personal = {one.name for one in course.PERSONAL_FOLDERS}
        if (
            path
            and backup_contents.GRADEBOOK not in members
            and not any(name.split("/")[0] in personal for name in members)
        ):
            raise KitError(say("personal_data.nothing"))
        stamp = f"{datetime.now().astimezone():%Y%m%d-%H%M%S}"
        draft = scratch / "backup.zip"
        manifest = _write_zip(draft, members, "file" if path else "server")
        _verify(draft, manifest)
        target = _free(folder / f"buuchinh_{stamp}.zip")
        rename(draft, target)
    finally:
        remove_tree(scratch)
    server = "" if path else dump_command(target)
    return Backup(target, len(manifest), target.stat().st_size, server)


def dump_command(backup: Path) -> str:
    """Return a ``pg_dump`` command that dumps the gradebook's server database to a file beside ``backup``.

    The command asks for the password.
    """
    return f'pg_dump --format=custom --file={_dump(backup)} "{_server()}"'


def load_command(backup: Path) -> str:
    """Return a ``pg_restore`` command that restores the gradebook's server database from the dump beside ``backup``."""
    return f'pg_restore --clean --if-exists --dbname "{_server()}" {_dump(backup)}'


def _dump(backup: Path) -> str:
    return shown(backup.with_suffix(".dump"))


def _server() -> str:
    from sqlalchemy import make_url

    address = make_url(gradebook.url())
    return address.set(drivername=address.get_backend_name(), password=None).render_as_string()


def shown(path: Path) -> str:
    """Return ``path`` relative to the course folder, for display, or only its name if it is elsewhere."""
    try:
        return path.relative_to(course.root()).as_posix()
    except ValueError:
        return path.name


def _copy_database(source: Path, target: Path) -> None:
    """Copy an SQLite database that may be in use, with SQLite's backup function, which gives a consistent state.

    Raise ``KitError`` if the database is damaged.
    """
    try:
        live = sqlite3.connect(source, timeout=gradebook.WAIT)
        with closing(live), closing(sqlite3.connect(target)) as copy:
            live.backup(copy)
            whole = copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            tables = copy.execute("SELECT count(*) FROM sqlite_master").fetchone() != (0,)
    except sqlite3.Error as error:
        raise KitError(say("classroom.roster.no_gradebook", reason=gradebook.reason_of(error))) from error
    if not whole or not (tables or not gradebook.newest_backup()):
        damaged = gradebook.reason_of(sqlite3.DatabaseError("malformed"))
        raise KitError(say("classroom.roster.no_gradebook", reason=damaged))


def _write_zip(target: Path, members: Mapping[str, Path], database: str) -> dict[str, str]:
    manifest = {}
    handle = os.open(target, os.O_CREAT | os.O_WRONLY | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "wb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, path in members.items():
                data = path.read_bytes()
                manifest[name] = hashlib.sha256(data).hexdigest()
                archive.writestr(name, data)
            made_at = datetime.now().astimezone().isoformat(timespec="seconds")
            note: dict[str, Any] = {"format": FORMAT, "made_at": made_at, "gradebook": database}
            if course.is_practice_class():
                note[PRACTICE] = True
            archive.writestr(MANIFEST, json.dumps(note | {"sha256": manifest}, indent=1))
        file.flush()
        os.fsync(file.fileno())
    return manifest


def _verify(path: Path, manifest: Mapping[str, str]) -> None:
    with zipfile.ZipFile(path) as archive:
        for name, digest in manifest.items():
            if hashlib.sha256(archive.read(name)).hexdigest() != digest:
                raise KitError(say("personal_data.not_verified", name=name), path=path.name)


def _free(path: Path) -> Path:
    """Return ``path``, with a number appended to its name if the file already exists."""
    number = 2
    free = path
    while free.exists():
        free = path.with_stem(f"{path.stem}-{number}")
        number += 1
    return free
