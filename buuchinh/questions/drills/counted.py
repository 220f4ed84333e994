"""Counts what was said of the pictures of a series: signs that were seen and false alarms, never one share of both."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

SIGN, NOTHING, LATE = "sign", "nothing", "late"
"""What a person says of a picture; ``LATE`` where time ran out first."""
SAID = (SIGN, NOTHING, LATE)


@dataclass(frozen=True)
class Count:
    """Of ``signs`` pictures with a sign ``seen`` were told, of ``plain`` ones ``alarms`` were called a sign.

    ``late`` pictures of both kinds got no answer in time; they count as neither seen nor alarm.
    """

    signs: int
    seen: int
    plain: int
    alarms: int
    late: int


def count(answers: Iterable[tuple[bool, str]]) -> Count:
    """Count answers, each with whether its picture has a sign."""
    given = list(answers)
    return Count(
        signs=sum(has_sign for has_sign, _ in given),
        seen=sum(has_sign and said == SIGN for has_sign, said in given),
        plain=sum(not has_sign for has_sign, _ in given),
        alarms=sum(not has_sign and said == SIGN for has_sign, said in given),
        late=sum(said == LATE for _, said in given),
    )


def right(has_sign: bool, said: str) -> bool:
    """Say whether an answer fits its picture."""
    return said == (SIGN if has_sign else NOTHING)
