"""Write to nbgrader's tables in plain SQL, without loading nbgrader or (if the database is SQLite) SQLAlchemy.

Loading both takes longer than writing the rows for a class of 24. The tables are defined by nbgrader;
``gradebook.rows`` reads them.
"""

from __future__ import annotations

import contextlib
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from buuchinh.classroom import gradebook
from buuchinh.messages import say


class Connection(Protocol):
    """A database connection for writing to nbgrader's tables; query parameters are written ``:name``."""

    def transaction(self) -> AbstractContextManager[Execute]:
        """Begin a transaction and yield a function that runs queries in it; either all changes are stored or none.

        Raise ``Gone`` if any database error occurs.
        """

    def close(self) -> None:
        """Close the connection."""


class Execute(Protocol):
    """Function that runs a query in a transaction, with parameter values for one row or for many rows to write."""

    def __call__(self, query: str, values: dict[str, Any] | list[dict[str, Any]], /) -> list[Any]:
        """Run ``query`` with ``values`` and return the resulting rows; if ``values`` is a list, return no rows."""


def connect(*, wait: float = gradebook.WAIT, lasting: bool = False) -> Connection:
    """Return a connection that can run several transactions; raise ``Gone`` if the gradebook cannot be reached.

    A transaction waits at most ``wait`` seconds for another writer and then raises ``Busy``. With ``lasting``, what is
    stored survives a power cut too, which takes longer.
    """
    path = gradebook.file()
    return _SqliteDatabase(path, wait, lasting=lasting) if path else _ServerDatabase(gradebook.url(), wait)


class _SqliteDatabase:
    """An SQLite database, accessed with the standard library because SQLAlchemy takes half a second to load."""

    def __init__(self, path: Path, wait: float, *, lasting: bool) -> None:
        with _noticing_loss():
            self._database = sqlite3.connect(path, timeout=wait, isolation_level=None)
            gradebook.settle(self._database)
            self._database.execute(f"PRAGMA busy_timeout = {int(wait * 1000)}")
            if lasting:
                self._database.execute("PRAGMA synchronous = FULL")

    @contextmanager
    def transaction(self) -> Iterator[Execute]:
        with _noticing_loss():
            self._database.execute("BEGIN IMMEDIATE")
            try:
                yield self._execute
            except BaseException:
                with contextlib.suppress(sqlite3.Error):
                    self._database.execute("ROLLBACK")
                raise
            self._database.execute("COMMIT")

    def close(self) -> None:
        self._database.close()

    def _execute(self, query: str, values: dict[str, Any] | list[dict[str, Any]], /) -> list[Any]:
        if isinstance(values, list):
            self._database.executemany(query, [_as_text(row) for row in values])
            return []
        return self._database.execute(query, _as_text(values)).fetchall()


def _as_text(values: dict[str, Any]) -> dict[str, Any]:
    """Return a row's values with each time converted to a string, in the format that SQLAlchemy uses for SQLite."""
    return {
        name: value.isoformat(" ", "microseconds") if isinstance(value, datetime) else value
        for name, value in values.items()
    }


class _ServerDatabase:
    """A database on a server, accessed with SQLAlchemy."""

    def __init__(self, address: str, wait: float) -> None:
        from sqlalchemy import create_engine

        self._engine, self._wait = create_engine(address), wait

    @contextmanager
    def transaction(self) -> Iterator[Execute]:
        from sqlalchemy import text

        with _noticing_loss(), self._engine.begin() as connection:
            if self._wait < gradebook.WAIT and self._engine.dialect.name == "postgresql":
                connection.execute(text(f"SET LOCAL lock_timeout = '{int(self._wait * 1000)}ms'"))

            def execute(query: str, values: dict[str, Any] | list[dict[str, Any]], /) -> list[Any]:
                result = connection.execute(text(query), values)
                return [tuple(row) for row in result] if result.returns_rows else []

            yield execute

    def close(self) -> None:
        self._engine.dispose()


@contextmanager
def _noticing_loss() -> Iterator[None]:
    """Convert any database error raised in the ``with`` block to ``Gone``, with the reason in Vietnamese."""
    try:
        yield
    except sqlite3.Error as error:
        raise gradebook.loss(error) from error
    except Exception as error:
        sqlalchemy = sys.modules.get("sqlalchemy.exc")  # only a loaded module can have raised the error
        if sqlalchemy is None or not isinstance(error, sqlalchemy.SQLAlchemyError):
            raise
        if isinstance(error, sqlalchemy.DBAPIError):
            raise gradebook.loss(error) from error
        raise gradebook.Gone(say("classroom.gradebook.unreachable")) from error


def moment(value: Any) -> datetime | None:
    """Convert a time from a database row, which SQLite returns as a string, to a naive ``datetime`` in UTC."""
    result: datetime | None = datetime.fromisoformat(value) if isinstance(value, str) else value
    return result


def span(value: Any) -> timedelta:
    """Convert a duration from a database row to a ``timedelta``; None gives 0.

    SQLAlchemy stores durations in SQLite as times counted from the beginning of 1970.
    """
    if isinstance(value, str):
        return datetime.fromisoformat(value) - datetime(1970, 1, 1)  # noqa: DTZ001  # a duration, not a time
    return timedelta() if value is None else value
