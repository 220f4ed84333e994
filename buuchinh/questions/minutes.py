"""Reads how many minutes a unit takes, as ``derive`` counted: the one place that says it to people."""

from __future__ import annotations

from buuchinh import datasets
from buuchinh.errors import KitError


def minutes() -> dict[str, int]:
    """Return the minutes by unit; a unit that is not there has none that anybody counted.

    Nothing else waits for them: where the table is missing or damaged, nothing is told, and ``check`` says why.
    """
    try:
        return {row["unit"]: row["minutes"] for row in datasets.read("questions/lengths").rows}
    except KitError:
        return {}
