"""Compute a cut score from judges' ratings by the modified Angoff method.

Angoff, W. H. (1971), in R. L. Thorndike (ed.), *Educational Measurement*, 2nd ed., p. 515. The standard error over
judges follows Cizek, G. J. and Bunch, M. B. (2007), *Standard Setting*, SAGE, ch. 6.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import stdev

ENOUGH = 5
"""Minimum number of judges: with fewer, a cut score says more about the judges than about the work."""
Ratings = Mapping[str, Mapping[str, float]]
"""Maps judge and then item to the share (0 to 1) of just competent trainees expected to answer the item correctly."""


@dataclass(frozen=True)
class Cut:
    """A cut score and its standard error, as shares of the points; ``by_judge`` holds each judge's cut score."""

    cut: float
    se: float
    by_judge: Mapping[str, float]


@dataclass(frozen=True)
class Spread:
    """The mean, standard deviation, minimum and maximum of the judges' ratings of one item."""

    item: str
    mean: float
    sd: float
    low: float
    high: float


def cut(ratings: Ratings, weights: Mapping[str, float]) -> Cut:
    """Return a test form's cut score; ``weights`` maps each of the form's items to its points.

    Each judge's cut score is the weighted mean of that judge's ratings. The form's cut score is the mean over all
    judges, and its standard error is s/√J, where s is the sample standard deviation (with J − 1) over J judges. There
    must be at least one judge, and each must have rated every item. With a single judge, the error is unknown
    (infinite).
    """
    total = sum(weights.values())
    own = {
        judge: sum(weight * rated[item] for item, weight in weights.items()) / total for judge, rated in ratings.items()
    }
    mean = sum(own.values()) / len(own)
    se = stdev(own.values()) / math.sqrt(len(own)) if len(own) > 1 else math.inf
    return Cut(mean, se, own)


def spreads(ratings: Ratings, items: Sequence[str]) -> list[Spread]:
    """Return the spread of each item's ratings, starting with the items on which the judges differ most."""
    result = []
    for item in items:
        rated = [by_item[item] for by_item in ratings.values()]
        sd = stdev(rated) if len(rated) > 1 else 0.0
        result.append(Spread(item, sum(rated) / len(rated), sd, min(rated), max(rated)))
    return sorted(result, key=lambda spread: (-spread.sd, spread.item))
