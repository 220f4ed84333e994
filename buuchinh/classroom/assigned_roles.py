"""The role of a trainee as the class list says it, ``so-cham/<code>/vai.json``: which exam is theirs.

A list without the column leaves roles as they are; who has no role may sit any exam.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from buuchinh import course
from buuchinh.errors import KitError
from buuchinh.files import read_record, write_json

FILE = "vai.json"


def of(code: str) -> str | None:
    """Return the role of a trainee; None where there is none, or where the file is damaged."""
    try:
        role = read_record(_path(code)).get("role")
    except KitError:
        return None
    return role if role in course.ROLES else None


def all_of(codes: Iterable[str]) -> dict[str, str]:
    """Return the roles of those who have one, by code."""
    return {code: role for code in codes if (role := of(code))}


def keep(told: Mapping[str, str | None]) -> None:
    """Write down the role of each trainee; None takes it away."""
    for code, role in told.items():
        if not role:
            _path(code).unlink(missing_ok=True)
        elif of(code) != role:
            write_json(_path(code), {"role": role})


def _path(code: str) -> Path:
    return course.root() / course.OUTCOMES / code / FILE
