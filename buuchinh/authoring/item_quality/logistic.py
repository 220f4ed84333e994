"""Fit logistic regression with a ridge penalty to a sparse matrix, using only numpy.

The fit minimises, over weights w and intercept b,

    ½ w·w + Σ s log(1 + exp(−(2t − 1)(w·x + b)))

where x is a row, t is its label (0 or 1) and s is the cost of its class (le Cessie and van Houwelingen, "Ridge
estimators in logistic regression", Applied Statistics 41, 1992, 191–201). The cost n / (2 n_class) gives
both classes the same weight; the intercept is not penalised. This is the minimum that scikit-learn's
``LogisticRegression(class_weight="balanced")`` finds with its default C = 1. It is computed by Newton's method, with
the linear system of each step solved by conjugate gradients (Lin, Weng and Keerthi, "Trust region Newton method for
large-scale logistic regression", Journal of Machine Learning Research 9, 2008, 627–650).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]

_STEPS, _SLOPE = 50, 1e-8
"""Maximum number of Newton steps (about eight are needed), and the largest slope that counts as zero."""


@dataclass(frozen=True)
class SparseMatrix:
    """A sparse matrix stored as row indices, column indices and values.

    Indices are 0-based. The last column is for the intercept and holds ones.
    """

    rows: NDArray[np.intp]
    columns: NDArray[np.intp]
    values: Vector
    height: int
    width: int

    def times(self, weights: Vector) -> Vector:
        """Return the product of the matrix and ``weights``, which has one number for each column."""
        return np.bincount(self.rows, self.values * weights[self.columns], self.height).astype(np.float64)

    def transposed_times(self, of_rows: Vector) -> Vector:
        """Return the product of the transposed matrix and ``of_rows``, which has one number for each row."""
        return np.bincount(self.columns, self.values * of_rows[self.rows], self.width).astype(np.float64)


def sparse_matrix(rows: Sequence[Mapping[str, float]], names: Mapping[str, int]) -> SparseMatrix:
    """Return the features in ``rows`` as a matrix; ``names`` maps features to columns, other features are ignored."""
    entries = [(at, names[name], value) for at, row in enumerate(rows) for name, value in row.items() if name in names]
    entries += [(at, len(names), 1.0) for at in range(len(rows))]
    where, columns, values = zip(*entries, strict=True)
    return SparseMatrix(np.array(where), np.array(columns), np.array(values), len(rows), len(names) + 1)


def fit(known: SparseMatrix, right: Sequence[bool]) -> Vector:
    """Return the fitted weight of each column in ``known``, with the intercept last.

    ``right`` has the label of each row in ``known``; both labels must occur.
    """
    label = np.array(right, dtype=np.float64)
    cost = np.where(label == 1, 0.5 / label.mean(), 0.5 / (1 - label.mean()))
    penalty = np.append(np.ones(known.width - 1), 0.0)
    weights = np.zeros(known.width)
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-known.times(weights)))
        slope = penalty * weights + known.transposed_times(cost * (chance - label))
        if np.abs(slope).max() < _SLOPE:
            break
        curve = cost * chance * (1 - chance)

        def curved(step: Vector, curve: Vector = curve) -> Vector:
            return penalty * step + known.transposed_times(curve * known.times(step))

        weights -= _solved(curved, slope)
    return weights


def _solved(product: Callable[[Vector], Vector], right_side: Vector) -> Vector:
    """Return the solution x of ``product(x) = right_side``, found by conjugate gradients.

    ``product`` multiplies a vector by a positive definite matrix.
    """
    solution, rest = np.zeros_like(right_side), right_side.copy()
    direction, size = rest, rest @ rest
    least = 1e-20 * size
    for _ in range(2 * len(right_side)):
        if size <= least:
            break
        image = product(direction)
        length = size / (direction @ image)
        solution, rest = solution + length * direction, rest - length * image
        before, size = size, rest @ rest
        direction = rest + size / before * direction
    return solution
