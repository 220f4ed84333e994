"""Estimate a proportion from a sample, using Wilson's (1927) score interval."""

from __future__ import annotations

import math

_Z95 = 1.959963984540054


def wilson(successes: float, n: int, z: float = _Z95) -> tuple[float, float]:
    """Return Wilson's score interval for the true proportion, given ``successes`` out of ``n`` (n > 0).

    ``z`` is the normal quantile; its default gives a 95 % interval.
    """
    p = successes / n
    middle = p + z * z / (2 * n)
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    whole = 1 + z * z / n
    return max(0.0, (middle - half) / whole), min(1.0, (middle + half) / whole)
