"""Gives nbgrader's configuration, folders and gradebook, as the course's ``nbgrader_config.py`` sets them."""

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
from buuchinh.errors import KitError, Problem
from buuchinh.messages import say

if TYPE_CHECKING:
    from traitlets.config import Config

CONFIG = "nbgrader_config.py"
URL_VARIABLE = "BUUCHINH_DB_URL"
NO_RESPONSE = "No response."
"""What nbgrader itself notes where an answer cell was left as it was released."""
SQLITE = "sqlite:///"
_STEPS = {"exercises": "release_directory"}
WAIT = 30
"""Seconds for which a connection waits until another one has written."""
_REASONS = {
    "locked": "locked",
    "readonly": "readonly",
    "read-only": "readonly",
    "disk is full": "full",
    "malformed": "damaged",
    "not a database": "damaged",
    "unable to open": "closed",
    "no such table": "empty",
}


class Gone(Exception):
    """The gradebook refuses or cannot be reached, and why, in Vietnamese: the run ends, the next one goes on."""


def config() -> Config:
    """Return what ``nbgrader_config.py`` sets; the file is the instructor's, so it is run, as nbgrader does."""
    return copy.deepcopy(_config())


def url() -> str:
    """Return the address of the gradebook: SQLite at the root, or ``BUUCHINH_DB_URL``."""
    return str(_config().CourseDirectory.db_url)


def folder(step: str) -> Path:
    """Return the folder of ``source``, ``exercises``, ``submitted``, ``autograded`` or ``feedback``."""
    settings = _config().CourseDirectory
    return Path(settings.root) / str(settings[_STEPS.get(step, f"{step}_directory")])


@contextmanager
def opened() -> Iterator[Any]:
    """Open nbgrader's ``Gradebook``; ``KitError`` where the database cannot be reached."""
    from nbgrader.api import Gradebook
    from sqlalchemy.exc import OperationalError

    configure_sqlite()
    settings = _config().CourseDirectory
    try:
        with Gradebook(str(settings.db_url), str(settings.course_id)) as book:
            yield book
    except OperationalError as error:
        raise KitError(say("classroom.roster.no_gradebook", reason=reason_of(error))) from error


def students() -> list[str]:
    """Return the codes of all trainees in the gradebook, sorted."""
    with opened() as book:
        return sorted(student.id for student in book.students)


def rows(query: str, **values: Any) -> list[Any]:
    """Return the rows that a query of nbgrader's tables gives, without nbgrader, whose import takes seconds.

    A name in the query stands as ``:name``. A gradebook that was never made gives nothing;
    ``KitError`` where it cannot be reached.
    """
    address = url()
    try:
        if address.startswith(SQLITE) and "?" not in address:
            path = Path(address.removeprefix(SQLITE))
            if not path.exists():
                return []
            with contextlib.closing(sqlite3.connect(path, timeout=WAIT)) as database:
                return database.execute(query, values).fetchall()
        return _rows_of_server(address, query, values)
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
    """Set a write-ahead log and a wait of 30 seconds for another writer on each SQLite connection of SQLAlchemy's.

    With a write-ahead log formgrader reads while a class is being graded. What was committed
    outlives the process; after a power cut the last of it may have to be graded again.
    """
    from sqlalchemy import event
    from sqlalchemy.engine import Engine

    if not event.contains(Engine, "connect", settle):
        event.listen(Engine, "connect", settle)


def settle(connection: Any, _record: Any = None) -> None:
    """Set a SQLite connection as ``configure_sqlite`` says; another database's is left as it is."""
    if isinstance(connection, sqlite3.Connection):
        connection.execute(f"PRAGMA busy_timeout = {int(WAIT * 1000)}")
        with contextlib.suppress(sqlite3.OperationalError):  # where the disk cannot do it, the old way is safe too
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")


def reason_of(error: Exception) -> str:
    """Say in Vietnamese why a database refuses; its own words are English and name machines."""
    said = str(getattr(error, "orig", None) or error)
    return say(f"classroom.gradebook.{next((key for part, key in _REASONS.items() if part in said), 'unreachable')}")


def _config() -> Config:
    path = course.root() / CONFIG
    try:
        changed = path.stat().st_mtime_ns
    except OSError as error:
        raise KitError([Problem(CONFIG, 0, say("files.missing"))]) from error
    return _read_config(path.parent, changed, os.environ.get(URL_VARIABLE))


@lru_cache(maxsize=4)
def _read_config(root: Path, _changed: int, _url: str | None) -> Config:
    from traitlets.config.loader import PyFileConfigLoader

    return PyFileConfigLoader(CONFIG, path=str(root)).load_config()
