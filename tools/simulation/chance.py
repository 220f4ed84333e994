"""Random draws that are the same on every machine and version of Python.

Only ``Random.random()`` is used: of the whole module it alone is promised to give the same
sequence for the same seed in every version of Python. No logarithm or root is taken, since
the last bit of those depends on the machine.
"""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import TypeVar

T = TypeVar("T")


def between(chance: Random, low: int, high: int) -> int:
    """Return a whole number from ``low`` to ``high``, both possible, all equally likely."""
    return low + int(chance.random() * (high - low + 1))


def happens(chance: Random, per_mille: int) -> bool:
    """Return whether something with a likelihood of ``per_mille`` in a thousand happens now."""
    return between(chance, 0, 999) < per_mille


def pick(chance: Random, weights: Mapping[T, int]) -> T:
    """Return one key of ``weights``, each as likely as its whole-number weight says."""
    remaining = between(chance, 1, sum(weights.values()))
    for key, weight in weights.items():
        remaining -= weight
        if remaining <= 0:
            return key
    raise AssertionError(weights)
