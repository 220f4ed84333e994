"""The length of units in minutes, as counted by ``derive``."""

from __future__ import annotations

from buuchinh import datasets
from buuchinh.errors import KitError


def minutes() -> dict[str, int]:
    """Return the minutes by unit; a unit that was not counted is missing.

    It is empty where the table is missing or damaged, which ``check`` reports.
    """
    try:
        return {row["unit"]: row["minutes"] for row in datasets.read("questions/lengths").rows}
    except KitError:
        return {}
