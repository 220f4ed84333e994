"""Store a trainee's role, and the printed sheets that the trainee has opened on that role's learning path."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from buuchinh import course
from buuchinh.errors import KitError
from buuchinh.files import read_json, write_json
from buuchinh.notebook.workspace import place_of
from buuchinh.text import nfc

ROOM = "duong-hoc"
_STATE = "vai.json"
_TITLE = re.compile(r"<title>([^<·]+)")


def role() -> str | None:
    """Return the current trainee's role, or None if no role has been chosen."""
    stored = _state().get("role")
    return stored if stored in course.ROLES else None


def choose(name: str) -> None:
    """Store ``name`` as the trainee's role; an unknown role is ignored."""
    if name in course.ROLES:
        write_json(_place(), {**_state(), "role": name})


def save(name: str, opened: Iterable[str]) -> None:
    """Store the role ``name``, and add the ``opened`` sheets to the stored ones if they are on any role's path."""
    sheets = {step for role_ in course.ROLES for step in course.settings().path(role_)} & set(opened)
    choose(name)
    if added := sheets - set(seen()):
        write_json(_place(), {**_state(), "seen": sorted({*seen(), *added})})


def forget() -> None:
    """Delete the stored role and opened sheets, so that the trainee is asked for the role again."""
    _place().unlink(missing_ok=True)


def sheet_row(name: str, path: Path) -> dict[str, str]:
    """Return a printed sheet's ``unit`` (its name), ``title``, and path within the course (``sheet``)."""
    title = _TITLE.search(path.read_text(encoding="utf-8"))
    return {
        "unit": name,
        "title": nfc(title[1].strip()) if title else name,
        "sheet": path.relative_to(course.root()).as_posix(),
    }


def seen() -> list[str]:
    """Return the names of the printed sheets that the trainee has opened on a learning path."""
    stored = _state().get("seen")
    return [str(name) for name in stored] if isinstance(stored, list) else []


def _state() -> dict[str, Any]:
    try:
        stored = read_json(_place())
    except (KitError, OSError):
        return {}
    return stored if isinstance(stored, dict) else {}


def _place() -> Path:
    return place_of(ROOM)[0] / _STATE
