"""Estimate a class's learning gain between two test forms taken in crossed order, with a 95 % confidence interval.

Crossed order means that some people take form A before the course and form B after it, and the others the reverse. Let
d be one person's result after the course minus the result before it. An easier form adds as much to the mean of d in
one order as it subtracts in the other. The gain is therefore (mean of d in one order + mean of d in the other) / 2, and
half the difference between the two means is the advantage of the second form. These are the period effect and the
treatment effect of a two-period cross-over trial (Hills & Armitage 1979, British Journal of Clinical Pharmacology 8:
7-20). The standard error is half the square root of the sum of s²/n over both orders. The interval uses Student's t
with Welch's degrees of freedom (1947, Biometrika 34: 28-35). If there is only one order, the gain is the mean of d with
the interval of the paired t-test (Student 1908); the gain then includes any difference between the forms.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, variance

_Z95 = 1.959963984540054


@dataclass(frozen=True)
class Estimate:
    """An estimated difference of shares (-1 to 1) and its 95 % interval (None if the differences do not vary)."""

    value: float
    interval: tuple[float, float] | None


def gain(orders: Sequence[Sequence[float]]) -> Estimate:
    """Estimate the gain from each person's difference (after - before).

    ``orders`` holds one list of differences per order: one or two orders, each with at least two people.
    """
    return _estimate(orders, [1 / len(orders)] * len(orders))


def easier(orders: Sequence[Sequence[float]]) -> Estimate:
    """Estimate how much easier the second form is, from each person's difference (after - before) in both orders.

    The first item of ``orders`` belongs to the people who began with the first form.
    """
    return _estimate(orders, [1 / 2, -1 / 2])


def student(freedom: float) -> float:
    """Return the 0.975 quantile of Student's t distribution with ``freedom`` degrees of freedom.

    Computed with expansion 26.7.5 of Abramowitz & Stegun, accurate to 0.001 for 4 or more degrees of freedom.
    """
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
