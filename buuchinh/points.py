"""Compare points, which fractions make inexact in the last digits and the gradebook rounds to six decimals."""

from __future__ import annotations

_SLACK = 1e-6


def same_points(one: float, other: float) -> bool:
    """Return whether two numbers of points are the same."""
    return abs(one - other) < _SLACK


def reaches(points: float, least: float) -> bool:
    """Return whether ``points`` are at least ``least``."""
    return points >= least - _SLACK
