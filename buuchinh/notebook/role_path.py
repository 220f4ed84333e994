"""The role of a trainee, asked once and kept in a folder of the trainee's own with the sheets that were opened."""

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
    """Return the role of the trainee at this desk, None before one was chosen."""
    found = _state().get("role")
    return found if found in course.ROLES else None


def choose(name: str) -> None:
    """Keep the role ``name``; what is no role is passed over."""
    if name in course.ROLES:
        write_json(_place(), {**_state(), "role": name})


def save(name: str, opened: Iterable[str]) -> None:
    """Keep the role ``name`` and the sheets of any path that were opened besides those that are kept already."""
    sheets = {step for role_ in course.ROLES for step in course.settings().path(role_)} & set(opened)
    choose(name)
    if added := sheets - set(seen()):
        write_json(_place(), {**_state(), "seen": sorted({*seen(), *added})})


def forget() -> None:
    """Forget the role and what was opened: it is asked again."""
    _place().unlink(missing_ok=True)


def sheet_row(name: str, path: Path) -> dict[str, str]:
    """Return a sheet to print: its unit, its title, where it lies within the course."""
    title = _TITLE.search(path.read_text(encoding="utf-8"))
    return {
        "unit": name,
        "title": nfc(title[1].strip()) if title else name,
        "sheet": path.relative_to(course.root()).as_posix(),
    }


def seen() -> list[str]:
    """Return the sheets of the path that were opened."""
    found = _state().get("seen")
    return [str(name) for name in found] if isinstance(found, list) else []


def _state() -> dict[str, Any]:
    try:
        found = read_json(_place())
    except (KitError, OSError):
        return {}
    return found if isinstance(found, dict) else {}


def _place() -> Path:
    return place_of(ROOM)[0] / _STATE
