"""Count simulated postal incidents by half-year, stage and province, after fixing known defects in their table.

Duplicate rows count once, both date formats are parsed, and stages are recognised in any spelling. None of the figures
are real.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from importlib.resources import files

from buuchinh import datasets
from buuchinh.text import fold

TABLE = "statistics/incidents-simulated"


@dataclass(frozen=True, order=True)
class Half:
    """A half-year; for example, ``Half(2025, 1)`` is January to June 2025."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Half:
        """Return the half-year in which ``day`` lies."""
        return cls(day.year, 1 if day.month <= 6 else 2)


@dataclass(frozen=True)
class Case:
    """One made-up incident; ``stage`` is a key such as ``counter`` or ``sorting`` (see ``stages``)."""

    id: str
    half: Half
    province: str
    stage: str


@dataclass(frozen=True)
class Cases:
    """All incidents in the simulated table."""

    all: tuple[Case, ...]

    @cached_property
    def halves(self) -> tuple[Half, ...]:
        """The half-years that occur in the table, in chronological order."""
        return tuple(sorted({case.half for case in self.all}))

    @cached_property
    def provinces(self) -> tuple[str, ...]:
        """Provinces with incidents in every half-year, which can therefore be compared, in alphabetical order."""
        seen: dict[str, set[Half]] = {}
        for case in self.all:
            seen.setdefault(case.province, set()).add(case.half)
        return tuple(sorted((name for name, halves in seen.items() if len(halves) == len(self.halves)), key=fold))

    def count(self, half: Half, *, stage: str | None = None, province: str | None = None) -> int:
        """Return the number of incidents in a half-year; None stands for all stages or all provinces."""
        return sum(
            case.half == half and stage in (None, case.stage) and province in (None, case.province) for case in self.all
        )


@cache
def stages() -> dict[str, str]:
    """Map each stage's key to its Vietnamese label, in the order of a parcel's journey."""
    return tomllib.loads(files(__package__).joinpath("incident_stages.toml").read_text(encoding="utf-8"))


def cases() -> Cases:
    """Return the incidents in the simulated table; raise ``KitError`` if the table cannot be read."""
    keys = {fold(words): key for key, words in stages().items()}
    rows = {tuple(row.values.values()): row for row in datasets.read(TABLE).rows}
    return Cases(
        tuple(
            Case(row["incident_id"], Half.of(_day(row["date"])), row["province"], keys[fold(row["stage"])])
            for row in rows.values()
        )
    )


def _day(text: str) -> date:
    if "/" in text:
        day, month, year = map(int, text.split("/"))
        return date(year, month, day)
    return date.fromisoformat(text)
