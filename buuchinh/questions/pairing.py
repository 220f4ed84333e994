"""The most pairs that can be made where some on one side fit some on the other, each taken once."""

from __future__ import annotations

from collections.abc import Sequence


def most_pairs(fits: Sequence[Sequence[int]]) -> int:
    """Return the most pairs: ``fits`` says for each of one side which of the other it may take.

    Whoever finds none left asks those who took one to change, and those in turn others (augmenting paths).
    """
    holder: dict[int, int] = {}
    held: dict[int, int] = {}
    for start in range(len(fits)):
        asked_by: dict[int, int] = {}
        free: int | None = None
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
    return len(holder)
