"""Estimate of the gain between two test forms given in crossed order, with a 95 % interval.

d is (after - before) of one person. An easier form adds as much to the mean of d in one order as it takes from it in
the other, so the gain is (mean of d in one order + mean of d in the other) / 2, and half of their difference is the
advantage of the second form: the period effect and the treatment effect of a cross-over with two periods (Hills &
Armitage 1979, British Journal of Clinical Pharmacology 8: 7-20). The standard error is half the root of the sum of s²/n
of both orders; the interval takes Student's t with the degrees of freedom of Welch (1947, Biometrika 34: 28-35). Of one
order alone it is the mean of d with the paired t (Student 1908): the difference between the forms then cannot be
separated from the gain.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, variance

_Z95 = 1.959963984540054


@dataclass(frozen=True)
class Estimate:
    """A difference of shares and its interval, which is None where all people differ by the same."""

    value: float
    interval: tuple[float, float] | None


def gain(orders: Sequence[Sequence[float]]) -> Estimate:
    """Return the gain from the differences of each order: one or two orders, each of two people or more."""
    return _estimate(orders, [1 / len(orders)] * len(orders))


def easier(orders: Sequence[Sequence[float]]) -> Estimate:
    """Return by how much the second form is easier, from the differences of both orders, the first form's first."""
    return _estimate(orders, [1 / 2, -1 / 2])


def student(freedom: float) -> float:
    """Return the 0.975 quantile of Student's t: the expansion 26.7.5 of Abramowitz & Stegun, to 0.001 from 4 on."""
    x = _Z95
    terms = (
        (x**3 + x) / 4,
        (5 * x**5 + 16 * x**3 + 3 * x) / 96,
        (3 * x**7 + 19 * x**5 + 17 * x**3 - 15 * x) / 384,
        (79 * x**9 + 776 * x**7 + 1482 * x**5 - 1920 * x**3 - 945 * x) / 92160,
    )
    return x + sum(term / freedom**power for power, term in enumerate(terms, 1))


def _estimate(orders: Sequence[Sequence[float]], weights: Sequence[float]) -> Estimate:
    value = sum(weight * fmean(one) for weight, one in zip(weights, orders, strict=True))
    parts = [weight**2 * variance(one) / len(one) for weight, one in zip(weights, orders, strict=True)]
    if not sum(parts):
        return Estimate(value, None)
    freedom = sum(parts) ** 2 / sum(part**2 / (len(one) - 1) for part, one in zip(parts, orders, strict=True))
    half = student(freedom) * sqrt(sum(parts))
    return Estimate(value, (max(-1.0, value - half), min(1.0, value + half)))
