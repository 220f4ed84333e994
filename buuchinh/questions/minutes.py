"""Look up how long units take, as computed by the ``derive`` command."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil

from buuchinh import datasets
from buuchinh.errors import KitError


def minutes() -> dict[str, int]:
    """Return the length of each unit in minutes; units whose length has not been computed are left out.

    The result is empty if the table is missing or damaged, which the ``check`` command reports.
    """
    return _column("minutes")


def minutes_together(units: Iterable[str]) -> int:
    """Return the length of several units in minutes: their seconds are added before they are rounded up."""
    seconds = _column("seconds")
    return ceil(sum(seconds.get(unit, 0) for unit in units) / 60)


def _column(name: str) -> dict[str, int]:
    try:
        return {row["unit"]: row[name] for row in datasets.read("questions/lengths").rows}
    except KitError:
        return {}
