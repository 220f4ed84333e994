"""Record when each trainee's feedback was sent, in ``so-cham/<code>/gui-phan-hoi.json``: the newest time by unit."""

from __future__ import annotations

import contextlib
from datetime import datetime
from pathlib import Path

from buuchinh import course
from buuchinh.errors import KitError
from buuchinh.files import read_record, write_json

FILE = "gui-phan-hoi.json"


def at(unit: str, code: str) -> datetime | None:
    """Return when a trainee's feedback on ``unit`` was sent last, or None."""
    with contextlib.suppress(KitError, KeyError, TypeError, ValueError):
        return datetime.fromisoformat(read_record(_path(code))[unit])
    return None


def of_unit(unit: str) -> dict[str, datetime]:
    """Return when each trainee's feedback on ``unit`` was sent last, by code."""
    codes = sorted(path.parent.name for path in (course.root() / course.OUTCOMES).glob(f"*/{FILE}"))
    return {code: when for code in codes if (when := at(unit, code))}


def keep(unit: str, code: str, when: datetime) -> None:
    """Record that a trainee's feedback on ``unit`` was sent; raise ``KitError`` if the record is damaged."""
    write_json(_path(code), read_record(_path(code)) | {unit: when.isoformat()})


def _path(code: str) -> Path:
    return course.root() / course.OUTCOMES / code / FILE
