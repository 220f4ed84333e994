"""Finds people whose answers were saved in the same seconds beyond chance.

Against how often those of others fall close to each other, and how often their own do: two who are led through the
questions together keep in step.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from buuchinh.grading.alike import LEAST, Found, Work, limit, shared

_NEAR, _APART, _RARE = 5, 15, 1 / 3600
_IN_STEP = 1 / 8
"""Chance that two moments within ``_NEAR`` seconds of each other are one second, with something to spare."""


def times(works: Sequence[Work]) -> Found:
    """Return whose answers were saved in the same seconds beyond chance, with the questions of those answers."""
    found: Found = {}
    by_code = {work.code: work for work in works}
    rates, led = _rates(works), _led(works)
    for (one, other), ids in shared(works, lambda work: work.times.items()).items():
        first, second = by_code[one].times, by_code[other].times
        count = _apart(first[name] for name in ids)
        between = [abs(first[name] - second[name]) for name in first.keys() & second.keys()]
        beside = sum(0 < one <= _NEAR for one in between) / (2 * _NEAR * len(between))
        asked = [max(rates[name], beside) for name in first.keys() & second.keys()]
        chance = _at_least(count, asked)
        if led:  # in step: of moments that are so close, so many are the same
            close = sum(one <= _NEAR for one in between)
            chance = max(chance, _at_least(count, [_IN_STEP] * close))
        if count >= LEAST and chance < limit(len(works)):
            found[one, other] = ids
    return found


def _led(works: Sequence[Work]) -> bool:
    """Whether a class goes through the questions together: of two people one in five saves within a minute."""
    close, pairs = 0, 0
    for row in _saved(works).values():
        close += int((np.searchsorted(row, row + 60, "right") - np.arange(len(row)) - 1).sum())
        pairs += len(row) * (len(row) - 1) // 2
    return 5 * close > pairs


def _saved(works: Sequence[Work]) -> dict[str, NDArray[np.int64]]:
    """Return when a question's answers were saved, in order."""
    saved: dict[str, list[int]] = defaultdict(list)
    for work in works:
        for name, at in work.times.items():
            saved[name].append(at)
    return {name: np.sort(np.array(seconds)) for name, seconds in saved.items()}


def _rates(works: Sequence[Work]) -> dict[str, float]:
    """Return for each question the chance that two people save in one second, from those who saved close by.

    Equal seconds themselves are left out: it is they that are judged.
    """
    rates = {}
    for name, row in _saved(works).items():
        near = (np.searchsorted(row, row + _NEAR, "right") - np.searchsorted(row, row, "right")).sum()
        pairs = len(row) * (len(row) - 1) / 2
        rates[name] = min(0.5, max(_RARE, float(near) / pairs / (2 * _NEAR) if pairs else 0.0))
    return rates


def _apart(seconds: Iterable[int]) -> int:
    """Return how many of these moments are moments of their own: cells that run together save together."""
    count, last = 0, None
    for at in sorted(seconds):
        if last is None or at - last >= _APART:
            count, last = count + 1, at
    return count


def _at_least(count: int, chances: Sequence[float]) -> float:
    """Return the chance that at least ``count`` of independent events happen."""
    spread = np.zeros(len(chances) + 1)
    spread[0] = 1.0
    for chance in chances:
        spread[1:] = spread[1:] * (1 - chance) + spread[:-1] * chance
        spread[0] *= 1 - chance
    return float(spread[count:].sum())
