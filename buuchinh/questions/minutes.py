"""Look up the length of units in minutes, as computed by ``derive``."""

from __future__ import annotations

from buuchinh import datasets
from buuchinh.errors import KitError


def minutes() -> dict[str, int]:
    """Return the length of each unit in minutes; a unit whose length was not computed is left out.

    The result is empty if the table is missing or damaged, which ``check`` reports.
    """
    try:
        return {row["unit"]: row["minutes"] for row in datasets.read("questions/lengths").rows}
    except KitError:
        return {}
