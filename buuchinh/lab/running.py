"""Detect a running lab, so that a second double click shows that lab instead of starting another."""

from __future__ import annotations

import contextlib
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from buuchinh import routes
from buuchinh.course import START_PAGE

HERE = "buuchinh/api/here"
"""An address path that only a course's server answers."""
_PATIENCE = 2


def address(root: Path) -> str | None:
    """Return the address of the trainee's lab that serves ``root``, or None if no such lab answers."""
    return _found(root, f"doc/tree/{START_PAGE}", _answers)


def instructors_address(root: Path) -> str | None:
    """Return the address of the instructor's page that is served for ``root``, or None if no such server answers."""
    return _found(root, routes.DESK, _has_instructors_page)


def _found(root: Path, page: str, answers: Callable[[dict[str, str]], bool]) -> str | None:
    from jupyter_server.serverapp import list_running_servers

    with contextlib.suppress(OSError, ValueError):
        for server in list_running_servers():
            if _same(server.get("root_dir"), root) and answers(server):
                return f"{server['url']}{page}?token={server['token']}"
    return None


def _same(folder: object, root: Path) -> bool:
    return isinstance(folder, str) and Path(folder).resolve() == root.resolve()


def _answers(server: dict[str, str]) -> bool:
    return _status(server, HERE) == 200


def _has_instructors_page(server: dict[str, str]) -> bool:
    """Return whether a server has the page; HEAD does not make the page, so any answer but "not found" will do."""
    return _status(server, routes.DESK, method="HEAD") not in {None, 404}


def _status(server: dict[str, str], path: str, method: str = "GET") -> int | None:
    """Return the status with which a server answers, or None if it does not answer."""
    reader = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # no proxy between a machine and itself
    asked = urllib.request.Request(f"{server['url']}{path}", method=method)  # noqa: S310  # http, from Jupyter's own list
    asked.add_header("Authorization", f"token {server['token']}")
    try:
        with reader.open(asked, timeout=_PATIENCE) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return None
