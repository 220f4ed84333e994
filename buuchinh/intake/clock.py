"""What a hand-in's own clock is worth: a computer may stand in 2099, or in 1970 with a flat battery."""

from __future__ import annotations

from datetime import datetime, timedelta

SLACK = timedelta(minutes=10)
"""How far two computers may be apart."""
FIRST_YEAR = 2020
"""Before it there was no course."""


def plainly_wrong(at: datetime, now: datetime) -> bool:
    """Whether an hour that a hand-in tells cannot be, when it is taken in at ``now``."""
    return at > now + SLACK or at.year < FIRST_YEAR
