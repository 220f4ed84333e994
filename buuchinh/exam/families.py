"""Choose a variant of each drawn item family for each test form.

A family is an item with all its variants. ``draw`` treats it as one item, so no form contains two of its variants: side
by side, each would help to answer the other. Forms that share a family get different variants as long as enough are
available.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping, Sequence

from buuchinh.exam.draw import Form
from buuchinh.exam.item_pool import PoolItem


def members(
    forms: Sequence[Form],
    items: Sequence[PoolItem],
    used: Mapping[str, int],
    seed: str,
    fitting: Sequence[Collection[str]],
) -> list[Form]:
    """Return ``forms`` with each family replaced by one of its items, starting with the least used ones.

    ``used`` counts each item's uses in earlier exams, and ``seed`` breaks ties. ``fitting`` holds, for each slot, the
    ids of the items that may take it: not every variant of a family need be critical.
    """
    luck = random.Random(seed)
    waiting: dict[str, list[str]] = {}
    for item in items:
        if not item.question.retired:
            waiting.setdefault(item.family, []).append(item.id)
    for names in waiting.values():
        luck.shuffle(names)
        names.sort(key=lambda name: used.get(name, 0))  # stable: equal counts stay in random order
    return [[_next(waiting[family], fits) for family, fits in zip(form, fitting, strict=True)] for form in forms]


def _next(names: list[str], fits: Collection[str]) -> str:
    """Return the first item in ``names`` that is also in ``fits``, and move it to the end of ``names``."""
    names.append(names.pop(next(place for place, name in enumerate(names) if name in fits)))
    return names[-1]
