"""Look up how many minutes each unit takes, as computed by the ``derive`` command."""

from __future__ import annotations

from buuchinh import datasets
from buuchinh.errors import KitError


def minutes() -> dict[str, int]:
    """Return the length of each unit in minutes; units whose length has not been computed are left out.

    The result is empty if the table is missing or damaged, which the ``check`` command reports.
    """
    try:
        return {row["unit"]: row["minutes"] for row in datasets.read("questions/lengths").rows}
    except KitError:
        return {}
