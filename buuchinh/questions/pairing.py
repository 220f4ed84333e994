"""Match items of two sides to each other, as many as possible."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TypeVar

Other = TypeVar("Other", bound=Hashable)


def paired(fits: Sequence[Sequence[Other]]) -> dict[int, Other]:
    """Return a maximum matching: for each index of ``fits`` that got an item, that item.

    ``fits`` lists the items that each index may take. Earlier indices may be reassigned to make room (augmenting
    paths) but never lose their assignment, so they are served first.
    """
    holder: dict[Other, int] = {}
    assigned: dict[int, Other] = {}
    for start in range(len(fits)):
        asked_by: dict[Other, int] = {}
        free: Other | None = None
        asking = [start]
        for index in asking:  # it grows
            for other in fits[index]:
                if other in asked_by:
                    continue
                asked_by[other] = index
                if other not in holder:
                    free = other
                    break
                asking.append(holder[other])
            if free is not None:
                break
        while free is not None:
            index = asked_by[free]
            holder[free] = index
            before = assigned.get(index)
            assigned[index] = free
            free = before
    return assigned
