"""Remember, beside the work, which submissions the exchange of a hub took, so that every browser can say so."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from buuchinh.errors import KitError
from buuchinh.files import read_json, write_json

FILE = "vao-hom.json"
_FORMAT = 1


def note(folder: Path, name: str, at: datetime) -> None:
    """Write down that the submission in the zip file ``name`` was delivered."""
    delivered = {**_times(folder), name: at.isoformat()}
    write_json(folder / FILE, {"format": _FORMAT, "delivered": delivered})


def read(folder: Path) -> dict[str, datetime]:
    """Return when the exchange took each submission, by the name of its zip file; a damaged record has none."""
    times: dict[str, datetime] = {}
    for name, at in _times(folder).items():
        with suppress(TypeError, ValueError):
            times[name] = datetime.fromisoformat(at).astimezone()
    return times


def _times(folder: Path) -> dict[str, Any]:
    with suppress(KitError, OSError):
        record = read_json(folder / FILE)
        if isinstance(record, dict) and isinstance(record.get("delivered"), dict):
            return dict(record["delivered"])
    return {}
