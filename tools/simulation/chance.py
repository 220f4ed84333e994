"""Random draws that are the same on every machine and version of Python.

Only ``Random.random()`` is used: it is the only function of the module that guarantees the
same sequence for the same seed in every version of Python. No logarithm or root is taken,
since the last bit of those depends on the machine.
"""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import TypeVar

T = TypeVar("T")


def between(chance: Random, low: int, high: int) -> int:
    """Return a whole number from ``low`` to ``high`` inclusive, all equally likely."""
    return low + int(chance.random() * (high - low + 1))


def happens(chance: Random, per_mille: int) -> bool:
    """Whether an event with a probability of ``per_mille`` in a thousand happens now."""
    return between(chance, 0, 999) < per_mille


def pick(chance: Random, weights: Mapping[T, int]) -> T:
    """Return one key of ``weights`` with a probability in proportion to its whole-number weight."""
    remaining = between(chance, 1, sum(weights.values()))
    for key, weight in weights.items():
        remaining -= weight
        if remaining <= 0:
            return key
    raise AssertionError(weights)
