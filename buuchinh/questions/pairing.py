"""Find a maximum matching in a bipartite graph."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TypeVar

Other = TypeVar("Other", bound=Hashable)


def paired(fits: Sequence[Sequence[Other]]) -> dict[int, Other]:
    """Return a maximum matching as a mapping from each matched index of ``fits`` to the item assigned to it.

    ``fits`` lists the items that each index may take. An earlier index may be given another item to make room for a
    later one (augmenting paths), but it never loses its assignment, so earlier indices take precedence.
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
