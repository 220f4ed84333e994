"""Estimate a proportion from a sample, using Wilson's score interval.

The formula is that of Wilson, E. B. (1927), "Probable inference, the law of succession, and statistical inference",
Journal of the American Statistical Association 22: 209-212. Newcombe (1998), Statistics in Medicine 17: 857-872, works
it out for four samples in his table I (method 3) and compares it with six other intervals.
"""

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


def wilson_counts(successes: int, n: int) -> tuple[int, int]:
    """Return the 95 % interval of ``wilson`` as numbers of people in ``n``, rounded to whole people.

    9 of 22 gives 5 and 13: in groups like this one, 5 to 13 of 22 may succeed on average. A single other group varies
    by chance as well and may lie outside.
    """
    low, high = wilson(successes, n)
    return round(low * n), round(high * n)
