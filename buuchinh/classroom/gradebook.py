"""Access nbgrader's configuration, folders and gradebook, as set in the course's ``nbgrader_config.py``."""

from __future__ import annotations

import contextlib
import copy
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from buuchinh import course
from buuchinh.classroom import given_points
from buuchinh.errors import KitError
from buuchinh.messages import say
from buuchinh.parsed import once, once_a_run

if TYPE_CHECKING:
    from traitlets.config import Config

CONFIG = "nbgrader_config.py"
URL_VARIABLE = "BUUCHINH_DB_URL"
NO_RESPONSE = "No response."
"""Comment that nbgrader adds to an answer cell if the trainee left the cell unchanged."""
SQLITE = "sqlite:///"
_SPECIAL = frozenset("?#%")
"""Characters that introduce settings or escapes in a database URL."""
_STEPS = {"exercises": "release_directory"}
WAIT = 30
"""Maximum time in seconds that a connection waits for another connection to finish writing."""
_DEEPEST = 500
"""Maximum length of a path in bytes; SQLite cannot open a path over 512 bytes, including the suffixes it adds."""
_REASONS = {
    "locked": "locked",
    "lock timeout": "locked",
    "readonly": "readonly",
    "read-only": "readonly",
    "disk is full": "full",
    "malformed": "damaged",
    "not a database": "damaged",
    "I/O error": "device",
    "unable to open": "closed",
    "no such table": "empty",
}


class Gone(Exception):
    """The gradebook cannot be reached or refuses access; the next run continues where this run stopped.

    The message is in Vietnamese.
    """


class Busy(Gone):
    """Another process was writing to the gradebook for longer than a connection waits."""


def config() -> Config:
    """Return a copy of the settings in ``nbgrader_config.py``.

    The file is executed, as nbgrader does; this is safe, since the file is the instructor's own.
    """
    return copy.deepcopy(_config())


def url() -> str:
    """Return the gradebook's database URL: ``BUUCHINH_DB_URL`` if set, or else an SQLite file in the course folder."""
    return str(_config().CourseDirectory.db_url)


def file(address: str | None = None) -> Path | None:
    """Return the path of an SQLite gradebook, or None if the database is on a server.

    ``address`` is a database URL; the default is the URL of the course's gradebook.
    """
    address = address or url()
    if not address.startswith(SQLITE):
        return None
    if _SPECIAL.isdisjoint(address):
        return Path(address.removeprefix(SQLITE))
    from sqlalchemy import make_url  # takes half a second

    return Path(make_url(address).database or "")


def address_of(path: Path) -> str:
    """Return the database URL with which SQLAlchemy opens the SQLite file ``path``, with special characters escaped."""
    plain = path.as_posix()
    if _SPECIAL.isdisjoint(plain):
        return f"{SQLITE}{plain}"
    from sqlalchemy import URL

    return URL.create("sqlite", database=plain).render_as_string()


def newest_backup() -> str:
    """Return the path of the newest backup relative to the course folder, or "" if there is no backup."""
    backups = sorted((course.root() / course.BACKUPS).glob("buuchinh_*.zip"), key=lambda path: path.stem)
    return backups[-1].relative_to(course.root()).as_posix() if backups else ""


@once_a_run
def folder(step: str) -> Path:
    """Return nbgrader's folder for ``step``: source, exercises, submitted, autograded or feedback."""
    settings = _config().CourseDirectory
    return Path(settings.root) / str(settings[_STEPS.get(step, f"{step}_directory")])


def place(personal_folder: course.PersonalFolder) -> Path:
    """Return the path of a folder that holds personal data; nbgrader's own folders may be configured elsewhere."""
    return folder(personal_folder.name) if personal_folder.step else course.root() / personal_folder.name


@contextmanager
def opened(address: str | None = None) -> Iterator[Any]:
    """Open and yield nbgrader's ``Gradebook``; raise ``KitError`` if the database cannot be reached.

    ``address`` is a database URL; the default is the URL of the course's gradebook.
    """
    from nbgrader.api import Gradebook, InvalidEntry
    from sqlalchemy.exc import DBAPIError

    path = file(address)
    _refuse_emptied(path)
    configure_sqlite()
    given_points.watch()
    try:
        _note_version(address or url(), path)
        with Gradebook(address or url(), str(_config().CourseDirectory.course_id)) as book:
            yield book
    except (DBAPIError, InvalidEntry) as error:
        refused = error if isinstance(error, DBAPIError) else error.__context__
        if not isinstance(refused, DBAPIError):
            raise
        raise KitError(say("classroom.roster.no_gradebook", reason=reason_of(refused))) from error


def _note_version(address: str, path: Path | None) -> None:
    """Write the schema version of nbgrader's tables into a new gradebook.

    Otherwise nbgrader would start another process to do so, which takes as long as loading nbgrader again.
    """
    if path and path.is_file() and path.stat().st_size:
        return

    from alembic.script import ScriptDirectory
    from nbgrader.dbutil import ALEMBIC_DIR
    from sqlalchemy import create_engine, inspect, text

    engine = create_engine(address)
    try:
        if not inspect(engine).get_table_names():
            version = ScriptDirectory(ALEMBIC_DIR).get_current_head()
            with engine.begin() as connection:
                connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
                connection.execute(text("INSERT INTO alembic_version VALUES (:version)"), {"version": version})
    finally:
        engine.dispose()


def students() -> list[str]:
    """Return the sorted codes of all trainees in the gradebook."""
    return sorted(code for (code,) in once(rows, "SELECT id FROM student"))


def has_unit(unit: str) -> bool:
    """Return whether ``unit`` was entered in the gradebook on this machine."""
    return bool(rows("SELECT id FROM assignment WHERE name = :unit", unit=unit))


def rows(query: str, **values: Any) -> list[Any]:
    """Query nbgrader's tables and return the rows, without importing nbgrader, which would take seconds.

    ``values`` are the parameters, written ``:name`` in the query. The result is empty if the gradebook does not exist.
    Raise ``KitError`` if the gradebook cannot be reached.
    """
    path = file()
    try:
        if path is None:
            return _rows_of_server(url(), query, values)
        if not path.exists():
            return []
        _refuse_emptied(path)
        with contextlib.closing(sqlite3.connect(path, timeout=WAIT)) as database:
            return database.execute(query, values).fetchall()
    except sqlite3.Error as error:
        if "no such table" in str(error):
            return []
        raise KitError(say("classroom.roster.no_gradebook", reason=reason_of(error))) from error


def _rows_of_server(address: str, query: str, values: dict[str, Any]) -> list[Any]:
    from sqlalchemy import create_engine, inspect, text
    from sqlalchemy.exc import DBAPIError

    engine = create_engine(address)
    try:
        with engine.connect() as connection:
            if not inspect(connection).has_table("assignment"):
                return []
            return list(connection.execute(text(query), values))
    except DBAPIError as error:
        raise KitError(say("classroom.roster.no_gradebook", reason=reason_of(error))) from error
    finally:
        engine.dispose()


def configure_sqlite() -> None:
    """Make SQLAlchemy use a write-ahead log and wait 30 seconds for other writers on every SQLite connection.

    The write-ahead log lets formgrader read while a class is being graded. Committed data survives a crash of the
    process; after a power cut, the last commits may be lost, and those submissions must be graded again.
    """
    from sqlalchemy import event
    from sqlalchemy.engine import Engine

    if not event.contains(Engine, "connect", settle):
        event.listen(Engine, "connect", settle)


def settle(connection: Any, _record: Any = None) -> None:
    """Configure an SQLite connection as described in ``configure_sqlite``; leave other connections unchanged."""
    if isinstance(connection, sqlite3.Connection):
        connection.execute(f"PRAGMA busy_timeout = {int(WAIT * 1000)}")
        with contextlib.suppress(sqlite3.OperationalError):  # on disks without support, the default journal is safe too
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")


def loss(error: Exception) -> Gone:
    """Return the exception to raise for a database error, with its reason in Vietnamese."""
    kind = Busy if _kind_of(error) == "locked" else Gone
    return kind(reason_of(error))


def _kind_of(error: Exception) -> str:
    message = str(getattr(error, "orig", None) or error)
    return next((key for part, key in _REASONS.items() if part in message), "unreachable")


def reason_of(error: Exception) -> str:
    """Return the reason for a database error in Vietnamese; the original message is in English and names machines."""
    key = _kind_of(error)
    if key == "damaged":
        return _damaged()
    path = file()
    if key == "closed" and path and len(os.fsencode(path)) > _DEEPEST:
        return say("classroom.gradebook.too_deep", length=len(str(path)))
    return say(f"classroom.gradebook.{key}")


def _damaged() -> str:
    backup = newest_backup()
    return say("classroom.gradebook.damaged", backup=backup) if backup else say("classroom.gradebook.damaged_for_good")


def _refuse_emptied(path: Path | None) -> None:
    """Raise ``KitError`` if the file is empty although a backup exists, since SQLite would treat it as a new database.

    Trainees' points would then seem to have vanished.
    """
    if path and path.is_file() and path.stat().st_size == 0 and newest_backup():
        raise KitError(say("classroom.roster.no_gradebook", reason=_damaged()))


def _config() -> Config:
    return once(_config_of, course.root() / CONFIG)


def _config_of(path: Path) -> Config:
    try:
        changed = path.stat().st_mtime_ns
    except OSError as error:
        raise KitError(say("files.missing"), path=CONFIG) from error
    return _read_config(path.parent, changed, os.environ.get(URL_VARIABLE))


@lru_cache(maxsize=4)
def _read_config(root: Path, _changed: int, _url: str | None) -> Config:
    from traitlets.config.loader import PyFileConfigLoader

    return PyFileConfigLoader(CONFIG, path=str(root)).load_config()
