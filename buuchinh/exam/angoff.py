"""Angoff cut score from judges' ratings.

Modified Angoff method. Angoff, W. H. (1971), in R. L. Thorndike (ed.), *Educational
Measurement*, 2nd ed., p. 515; its standard error over judges as in Cizek, G. J. and Bunch, M. B.
(2007), *Standard Setting*, SAGE, ch. 6.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import stdev

ENOUGH = 5
"""Fewest judges: with fewer a cut score says more about them than about the work."""
Ratings = Mapping[str, Mapping[str, float]]
"""By judge, then by item: the share (0 to 1) of just competent trainees who would get it right."""


@dataclass(frozen=True)
class Cut:
    """A cut score and its standard error, as shares of the points; ``by_judge`` has each judge's own cut."""

    cut: float
    se: float
    by_judge: Mapping[str, float]


@dataclass(frozen=True)
class Spread:
    """The spread of the judges' ratings of one item."""

    item: str
    mean: float
    sd: float
    low: float
    high: float


def cut(ratings: Ratings, weights: Mapping[str, float]) -> Cut:
    """Return the cut of a form whose items have these ``weights`` (points).

    Each judge's cut is the weighted mean of the judge's ratings, the cut their mean, its standard
    error s/√J with the standard deviation s of a sample (J − 1) of J judges. At least one judge,
    each of whom has rated every item; with one judge the error is not known (infinite).
    """
    total = sum(weights.values())
    own = {
        judge: sum(weight * rated[item] for item, weight in weights.items()) / total for judge, rated in ratings.items()
    }
    mean = sum(own.values()) / len(own)
    se = stdev(own.values()) / math.sqrt(len(own)) if len(own) > 1 else math.inf
    return Cut(mean, se, own)


def spreads(ratings: Ratings, items: Sequence[str]) -> list[Spread]:
    """Return the items, those on which the judges differ most first."""
    result = []
    for item in items:
        rated = [by_item[item] for by_item in ratings.values()]
        sd = stdev(rated) if len(rated) > 1 else 0.0
        result.append(Spread(item, sum(rated) / len(rated), sd, min(rated), max(rated)))
    return sorted(result, key=lambda spread: (-spread.sd, spread.item))
