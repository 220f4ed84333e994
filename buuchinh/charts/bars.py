"""Lying bars with their words above them: what fits a narrow screen in Vietnamese."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from buuchinh.charts.canvas import DERIVED, INK, REPORTED, SIMULATED, Look

ROW = 0.62
"""Inches that one bar with its words takes."""

LOOKS: Mapping[str, Look] = {"reported": REPORTED, "derived": DERIVED, "simulated": SIMULATED}


@dataclass(frozen=True)
class Bar:
    """One bar: words above it, words behind its end, its length and its look."""

    label: str
    value: float
    shown: str
    look: Look


def lying(axes: Axes, bars: Sequence[Bar], longest: float) -> None:
    """Draw ``bars`` from top to bottom, from zero, on a scale that ends a little behind ``longest``."""
    for position, bar in enumerate(bars):
        axes.add_patch(Rectangle((0, -position - 0.3), bar.value, 0.38, **bar.look))
        axes.text(0, -position + 0.14, bar.label, va="bottom", ha="left", fontsize=10, color=INK)
        axes.text(
            bar.value + longest * 0.015,
            -position - 0.11,
            bar.shown,
            va="center",
            ha="left",
            fontsize=11,
            fontweight="bold",
        )
    axes.set_xlim(0, longest * 1.28)
    axes.set_ylim(-len(bars) + 0.6, 0.55)
    axes.set_axis_off()
