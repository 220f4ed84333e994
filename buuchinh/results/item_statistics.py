"""Compute item statistics: share of right answers with an interval, corrected item-total correlation, and KR-20.

The statistics describe questions and never rank people. All variances are population variances.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import correlation, pvariance

from buuchinh.points import reaches
from buuchinh.proportions import wilson

LEAST = 5
"""Minimum number of people behind any figure; with fewer, the figure would describe individuals, not a class."""
ENOUGH = 30
"""Minimum number of trainees for a correlation; with fewer, the correlation would be meaningless."""
CAUTION = 100
"""Number of trainees below which a correlation must be read with caution."""
_NO_SPREAD = 1e-12


@dataclass(frozen=True)
class ItemFigures:
    """One question's statistics over ``n`` graded answers.

    ``mean`` is the mean share (0 to 1) of the question's points. ``right`` is the share of trainees with full marks,
    and its 95 % interval runs from ``low`` to ``high``. ``item_rest`` is the corrected item-total correlation over the
    ``compared`` trainees whose other questions are all graded.
    """

    n: int
    mean: float | None
    right: float | None
    low: float | None
    high: float | None
    item_rest: float | None
    compared: int = 0


def figures(shares: Sequence[float], rests: Sequence[float | None]) -> ItemFigures:
    """Return one question's statistics.

    ``shares`` holds each trainee's share (0 to 1) of the question's points. ``rests`` holds the same trainees' points
    in all other questions, or None if one of those questions is not graded yet: counting it as zero would make a good
    answer look bad. The interval is Wilson's (1927). ``item_rest`` is the corrected item-total correlation (Pearson's
    correlation of ``shares`` and ``rests``), or None if there are fewer than ``ENOUGH`` pairs or if ``shares`` or
    ``rests`` does not vary.
    """
    n = len(shares)
    if not n:
        return ItemFigures(0, None, None, None, None, None)
    both = [(share, rest) for share, rest in zip(shares, rests, strict=True) if rest is not None]
    full = sum(reaches(share, 1) for share in shares)
    low, high = wilson(full, n)
    enough = len(both) >= ENOUGH
    item_rest = _correlation([share for share, _ in both], [rest for _, rest in both]) if enough else None
    return ItemFigures(n, sum(shares) / n, full / n, low, high, item_rest, len(both))


def kr20(rows: Sequence[Sequence[float]]) -> float | None:
    """Return a test form's reliability; each row holds one trainee's share (0 to 1) of the points for each question.

    The reliability is Cronbach's alpha with population variances, which for right-or-wrong questions equals Kuder and
    Richardson's formula 20 (1937). Return None if fewer than ``ENOUGH`` trainees took the form, if the form has only
    one question, or if the totals do not vary.
    """
    n = len(rows)
    if n < ENOUGH or len(rows[0]) < 2:
        return None
    k = len(rows[0])
    total = pvariance([sum(row) for row in rows])
    if total < _NO_SPREAD:
        return None
    alpha: float = k / (k - 1) * (1 - sum(pvariance(column) for column in zip(*rows, strict=True)) / total)
    return alpha


def _correlation(xs: Sequence[float], ys: Sequence[float]) -> float | None:
    """Return Pearson's correlation of two series of the same length, or None if either series does not vary."""
    n = len(xs)
    if min(n * pvariance(xs), n * pvariance(ys)) < _NO_SPREAD**2:
        return None
    found: float = correlation(xs, ys)
    return found
