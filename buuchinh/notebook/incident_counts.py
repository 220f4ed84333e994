"""Counts of the simulated table by half-year, stage and province, after what can be mended of it is mended.

A row that was copied counts once, a day is read in both ways in which the table writes it, a stage however it is spelt.
Nothing here counts anything real.
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
    """Half a year: ``Half(2025, 1)`` is January to June 2025."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Half:
        """Return the half-year in which ``day`` lies."""
        return cls(day.year, 1 if day.month <= 6 else 2)


@dataclass(frozen=True)
class Case:
    """One made-up incident; ``stage`` is the generator's key (``counter``, ``sorting`` …)."""

    id: str
    half: Half
    province: str
    stage: str


@dataclass(frozen=True)
class Cases:
    """All incidents of the table."""

    all: tuple[Case, ...]

    @cached_property
    def halves(self) -> tuple[Half, ...]:
        """The half-years of the table, in order."""
        return tuple(sorted({case.half for case in self.all}))

    @cached_property
    def provinces(self) -> tuple[str, ...]:
        """Provinces with an incident in each half-year: those that can be compared, in the order of the alphabet."""
        seen: dict[str, set[Half]] = {}
        for case in self.all:
            seen.setdefault(case.province, set()).add(case.half)
        return tuple(sorted((name for name, halves in seen.items() if len(halves) == len(self.halves)), key=fold))

    def count(self, half: Half, *, stage: str | None = None, province: str | None = None) -> int:
        """Count the incidents of a half-year; ``None`` stands for every stage, every province."""
        return sum(
            case.half == half and stage in (None, case.stage) and province in (None, case.province) for case in self.all
        )


@cache
def stages() -> dict[str, str]:
    """Return each stage's key with its word, in the order of a parcel's way."""
    return tomllib.loads(files(__package__).joinpath("incident_stages.toml").read_text(encoding="utf-8"))


def cases() -> Cases:
    """Read the simulated table; ``KitError`` where it cannot be read."""
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
