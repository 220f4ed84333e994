"""Reader of what ``collect`` refused, ``nop-bai/khong-nhan/``: from whom, for which unit, when and why."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import datetime

from buuchinh import course
from buuchinh.errors import KitError
from buuchinh.files import read_json


@dataclass(frozen=True)
class Refusal:
    """One refused submission; ``code`` is "" where nobody could tell whose it was."""

    code: str
    origin: str
    at: datetime
    reason: str


def refusals(unit: str) -> list[Refusal]:
    """Return what was refused of ``unit``, oldest first; where not even the unit was known, it is nobody's here."""
    found = []
    for path in sorted((course.root() / course.ATTEMPTS / course.REFUSED).glob(f"*/{course.COLLECTED}")):
        with contextlib.suppress(KitError, KeyError, ValueError, TypeError):
            raw = read_json(path)
            if raw["unit"] == unit:
                at = datetime.fromisoformat(raw["collected_at"])
                found.append(Refusal(str(raw["code"]), str(raw["origin"]), at, str(raw["reason"])))
    return sorted(found, key=lambda one: one.at)
