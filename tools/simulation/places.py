"""List the places of simulated incidents: the 63 provinces before 1-7-2025, with their names before and since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from buuchinh.datasets import read

MERGER = date(2025, 7, 1)
"""The day from which there are 34 provinces instead of 63."""

_BUSY = {
    "01": 14,
    "79": 18,
    "74": 8,
    "75": 7,
    "31": 6,
    "48": 6,
    "92": 5,
    "38": 5,
    "40": 5,
    "27": 5,
    "24": 4,
    "77": 4,
}
"""Weights of provinces with much post, by code; all others have weight 2. The weights are invented, not measured."""


@dataclass(frozen=True)
class FormerProvince:
    """One of the 63 former provinces, with its name before 1-7-2025 and the name of the place since then."""

    code: str
    before: str
    since: str
    weight: int

    def name_on(self, day: date) -> str:
        """Return the short name in use on ``day``."""
        return self.since if day >= MERGER else self.before


def places() -> list[FormerProvince]:
    """Return the 63 former provinces with their successors, in order of code."""
    rows = read("organisation/provinces").rows
    by_id = {row["id"]: row for row in rows}
    former = [
        FormerProvince(row["code"], row["short_name"], by_id[row["successor"]]["short_name"], _BUSY.get(row["code"], 2))
        for row in rows
        if row["to"] == MERGER
    ]
    return sorted(former, key=lambda place: place.code)
