"""Draw the course's charts in a uniform style, with Vietnamese labels and a provenance line on each chart."""

from __future__ import annotations

from buuchinh.charts.canvas import Chart
from buuchinh.charts.reported import cases_and_persons, guns, hanoi_shares, misleading_pair
from buuchinh.charts.timelines import bodies_timeline, law_timeline

__all__ = [
    "Chart",
    "bodies_timeline",
    "cases_and_persons",
    "guns",
    "hanoi_shares",
    "law_timeline",
    "misleading_pair",
    "show",
]


def show(chart: Chart) -> None:
    """Display a chart from the middle of a cell; on the last line of a cell, the chart's name is enough."""
    from IPython.display import display

    display(chart)  # type: ignore[no-untyped-call]
