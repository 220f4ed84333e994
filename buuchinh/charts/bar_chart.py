"""Draw horizontal bars with their labels above them, because Vietnamese labels are too long for a narrow screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from buuchinh.charts.canvas import DERIVED, INK, REPORTED, SIMULATED, Look

ROW = 0.62
"""The height in inches of one bar together with its label."""

LOOKS: Mapping[str, Look] = {"reported": REPORTED, "derived": DERIVED, "simulated": SIMULATED}


@dataclass(frozen=True)
class Bar:
    """One bar, with ``label`` above it and ``shown`` (the value as text) after its end; ``value`` is in data units."""

    label: str
    value: float
    shown: str
    look: Look


def horizontal_bars(axes: Axes, bars: Sequence[Bar], longest: float) -> None:
    """Draw ``bars`` on ``axes`` from top to bottom.

    The scale starts at zero and ends somewhat beyond ``longest``, a value in data units, to leave room for the values'
    text.
    """
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
