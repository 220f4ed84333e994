"""Item statistics: share of right answers with its interval, corrected item-total correlation, KR-20.

Statistics of a question, never a ranking of persons. Variances are those of a population.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import correlation, pvariance

from buuchinh.proportions import wilson

LEAST = 5
"""Of fewer people no figure is told: it would speak of them, not of a class."""
ENOUGH = 30
"""With fewer trainees a correlation says nothing, so none is given."""
CAUTION = 100
"""With fewer trainees a correlation is read with caution."""
_NO_SPREAD = 1e-12


@dataclass(frozen=True)
class ItemFigures:
    """``mean`` is the mean share of the points, ``right`` the share of full marks with its 95 % interval.

    ``compared`` is the number of trainees behind ``item_rest``: all their other questions are graded.
    """

    n: int
    mean: float | None
    right: float | None
    low: float | None
    high: float | None
    item_rest: float | None
    compared: int = 0


def figures(shares: Sequence[float], rests: Sequence[float | None]) -> ItemFigures:
    """Return the figures of one question.

    ``shares`` are 0 to 1, one a trainee; ``rests`` the points of the same trainees in all
    other questions, None where one of those is not graded yet: as a nought it would make a good answer look bad.
    The interval is Wilson's (1927); ``item_rest`` is the corrected item-total correlation (Pearson's, of the
    two), None where fewer than ``ENOUGH`` are graded or nothing varies.
    """
    n = len(shares)
    if not n:
        return ItemFigures(0, None, None, None, None, None)
    both = [(share, rest) for share, rest in zip(shares, rests, strict=True) if rest is not None]
    full = sum(share >= 1 - 1e-9 for share in shares)
    low, high = wilson(full, n)
    enough = len(both) >= ENOUGH
    item_rest = _correlation([share for share, _ in both], [rest for _, rest in both]) if enough else None
    return ItemFigures(n, sum(shares) / n, full / n, low, high, item_rest, len(both))


def kr20(rows: Sequence[Sequence[float]]) -> float | None:
    """Return the reliability of a fixed form; a row a trainee, the share (0 to 1) of each question.

    Cronbach's alpha with variances of a population, which for right-or-wrong questions is Kuder and
    Richardson's formula 20 (1937). None where fewer than ``ENOUGH`` sat the form, where there is
    one question, or where no total varies.
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
    """Return Pearson's correlation of two series of the same length, None where one does not vary."""
    n = len(xs)
    if min(n * pvariance(xs), n * pvariance(ys)) < _NO_SPREAD**2:
        return None
    found: float = correlation(xs, ys)
    return found
