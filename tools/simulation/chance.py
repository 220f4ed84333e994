"""Draw random values that are the same on every machine and version of Python.

Only ``Random.random()`` is used, since no other function of the module guarantees the same sequence for a seed in every
version of Python. Logarithms and roots are avoided, because their last bit depends on the machine.
"""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import TypeVar

T = TypeVar("T")


def between(chance: Random, low: int, high: int) -> int:
    """Return an integer from ``low`` to ``high`` inclusive, all equally likely."""
    return low + int(chance.random() * (high - low + 1))


def happens(chance: Random, per_mille: int) -> bool:
    """Return True with a probability of ``per_mille`` in a thousand."""
    return between(chance, 0, 999) < per_mille


def pick(chance: Random, weights: Mapping[T, int]) -> T:
    """Return one key of ``weights``, with a probability proportional to its integer weight."""
    remaining = between(chance, 1, sum(weights.values()))
    for key, weight in weights.items():
        remaining -= weight
        if remaining <= 0:
            return key
    raise AssertionError(weights)
