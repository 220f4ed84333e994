"""What has been handed in of an exercise: the zips that lie in the trainee's folder, each named by its moment."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from buuchinh import course

_STAMP = re.compile(r"_([0-9]{8}-[0-9]{6})$")


@dataclass(frozen=True)
class Handed:
    """One hand-in: its zip, and the local time that its name says."""

    path: Path
    at: datetime

    @property
    def words(self) -> str:
        """The moment as people read it: ``14:05 26-11-2026``."""
        return f"{self.at:%H:%M %d-%m-%Y}"


def handed(folder: Path, unit: str) -> list[Handed]:
    """Return the hand-ins of ``unit`` in a trainee's folder of it, the oldest first."""
    found = []
    for path in (folder / course.HANDED_IN).glob(f"{unit}_*.zip"):
        if match := _STAMP.search(path.stem):
            try:
                at = datetime.strptime(match[1], "%Y%m%d-%H%M%S").astimezone()
            except ValueError:  # named by hand
                continue
            found.append(Handed(path, at))
    return sorted(found, key=lambda one: (one.at, one.path.name))
