"""The most pairs that can be made where some on one side fit some on the other, each taken once."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TypeVar

Other = TypeVar("Other", bound=Hashable)


def paired(fits: Sequence[Sequence[Other]]) -> dict[int, Other]:
    """Return which one each takes where as many as possible take one: ``fits`` says which each may take.

    Whoever finds none left asks those who took one to change, and those in turn others (augmenting paths); who once
    has one keeps one, so those who come first are served first.
    """
    holder: dict[Other, int] = {}
    held: dict[int, Other] = {}
    for start in range(len(fits)):
        asked_by: dict[Other, int] = {}
        free: Other | None = None
        asking = [start]
        for one in asking:  # it grows
            for other in fits[one]:
                if other in asked_by:
                    continue
                asked_by[other] = one
                if other not in holder:
                    free = other
                    break
                asking.append(holder[other])
            if free is not None:
                break
        while free is not None:
            one = asked_by[free]
            holder[free] = one
            before = held.get(one)
            held[one] = free
            free = before
    return held
