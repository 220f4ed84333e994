"""Detect a running lab, so that a second double click shows that lab instead of starting another."""

from __future__ import annotations

import contextlib
import urllib.request
from pathlib import Path

from buuchinh.course import START_PAGE

HERE = "buuchinh/api/here"
"""An address path that only a course's server answers."""
_PATIENCE = 2


def address(root: Path) -> str | None:
    """Return the address of the trainee's lab that serves ``root``, or None if no such lab answers."""
    from jupyter_server.serverapp import list_running_servers

    with contextlib.suppress(OSError, ValueError):
        for server in list_running_servers():
            if _same(server.get("root_dir"), root) and _answers(server):
                return f"{server['url']}doc/tree/{START_PAGE}?token={server['token']}"
    return None


def _same(folder: object, root: Path) -> bool:
    return isinstance(folder, str) and Path(folder).resolve() == root.resolve()


def _answers(server: dict[str, str]) -> bool:
    reader = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # no proxy between a machine and itself
    reader.addheaders = [("Authorization", f"token {server['token']}")]
    try:
        with reader.open(f"{server['url']}{HERE}", timeout=_PATIENCE) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False
