"""Estimate proportions from a sample with Wilson's (1927) interval for the true proportion."""

from __future__ import annotations

import math

_Z95 = 1.959963984540054


def wilson(successes: float, n: int, z: float = _Z95) -> tuple[float, float]:
    """Return Wilson's score interval for ``successes`` out of ``n`` (n > 0), at 95 % by default."""
    p = successes / n
    middle = p + z * z / (2 * n)
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    whole = 1 + z * z / n
    return max(0.0, (middle - half) / whole), min(1.0, (middle + half) / whole)
