"""Define ``Chart``, the matplotlib style that all charts share, and ``finish``, which requires a provenance line.

Charts are narrow with large letters, so they can be read on a screen 320 px wide, and have an opaque background, so
they stay legible in a dark theme. Hatching and words repeat what colours mean.
"""

from __future__ import annotations

import base64
import io
import re
import textwrap
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from html import escape
from typing import Any

import matplotlib.style
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from buuchinh.errors import KitError
from buuchinh.messages import say
from buuchinh.statistics import TextTable

WIDTH = 4.8
DPI = 200
INK, PAPER, QUIET = "#1a1a1a", "#ffffff", "#555555"
BLUE, GREY, BROWN, RED = "#1f4e79", "#767676", "#8a4b08", "#9b1c1c"
Look = dict[str, Any]
"""Keyword arguments of a matplotlib patch that determine how a bar is drawn."""

REPORTED: Look = {"facecolor": BLUE, "edgecolor": BLUE}
DERIVED: Look = {"facecolor": PAPER, "edgecolor": BLUE, "hatch": "////", "linewidth": 1.2}
UNKNOWN: Look = {"facecolor": PAPER, "edgecolor": RED, "linestyle": "--", "linewidth": 1.6}
SIMULATED: Look = {"facecolor": "#f0d9b5", "edgecolor": BROWN, "hatch": "....", "linewidth": 0.8}

_STYLE = {
    "font.family": "DejaVu Sans",  # shipped with matplotlib; has every Vietnamese letter
    "font.size": 10.5,
    "text.color": INK,
    "axes.edgecolor": QUIET,
    "axes.labelcolor": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": INK,
    "ytick.color": INK,
    "figure.facecolor": PAPER,
    "axes.facecolor": PAPER,
    "savefig.facecolor": PAPER,
    "hatch.linewidth": 0.9,
}
_SIDE, _GAP = 0.16, 0.12
_TITLE_LINE, _SMALL_LINE = 0.235, 0.165


@dataclass(frozen=True, eq=False, repr=False)
class Chart:
    """A matplotlib figure with its main finding in one sentence (``alt``), its provenance line and a table of its data.

    A notebook displays the chart if it is on the last line of a cell; the plain text and HTML forms have the same
    words.
    """

    name: str
    title: str
    alt: str
    provenance: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    figure: Figure

    def table(self) -> TextTable:
        """Return the chart's data as a table."""
        return TextTable(self.head, self.rows, say("charts.table"))

    def png(self) -> bytes:
        """Return the picture as PNG; the same data always gives the same bytes with the same version of matplotlib."""
        data = io.BytesIO()
        with style():
            FigureCanvasAgg(self.figure)
            self.figure.savefig(data, format="png", dpi=DPI, metadata={"Software": None})
        return data.getvalue()

    def html(self) -> str:
        """Return the picture, its provenance and its data table as one HTML figure."""
        source = base64.b64encode(self.png()).decode("ascii")
        table = self.table()
        return (
            f'<figure lang="vi" style="margin:0;max-width:480px">'
            f'<img alt="{escape(self.alt)}" style="max-width:100%;height:auto" '
            f'src="data:image/png;base64,{source}">'
            f"<figcaption>{escape(self.alt)} <small>{escape(self.provenance)}</small></figcaption>"
            f"<details><summary>{escape(table.caption)}</summary>{table.html()}</details></figure>"
        )

    def __str__(self) -> str:
        return "\n".join((say("charts.picture", title=self.title), self.alt, self.provenance, str(self.table())))

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return self.html()


def style() -> AbstractContextManager[None]:
    """Return a matplotlib context with the style of all charts, which a notebook's own settings do not affect."""
    return matplotlib.style.context(["default", _STYLE])


def axes(figure: Figure, columns: int = 1) -> list[Axes]:
    """Add ``columns`` axes side by side to an empty figure and return them."""
    return [figure.add_subplot(1, columns, position + 1) for position in range(columns)]


def sheet(height: float) -> Figure:
    """Return an empty figure with a drawing area ``height`` inches high, around which ``finish`` adds margins."""
    return Figure(figsize=(WIDTH, height), dpi=DPI)


def finish(
    figure: Figure,
    name: str,
    words: tuple[str, str],
    provenance: str,
    table: tuple[Sequence[str], Sequence[Sequence[str]]],
    *,
    left: float = _SIDE,
    below: float = 0.3,
    above: float = 0.0,
) -> Chart:
    """Add the title above and the provenance below the drawing, and return the finished chart.

    ``words`` is the pair of title and main finding, and ``table`` the pair of header and rows. ``left``, ``below`` and
    ``above`` are the inches that labels need around the drawing. Raise ``KitError`` if ``provenance`` is empty.
    """
    title, alt = words
    if not provenance.strip():
        raise KitError(f"{name}: provenance")
    upper = textwrap.wrap(title, 44)
    lower = textwrap.wrap(_unbroken(provenance), 72, break_on_hyphens=False)
    top = _GAP + _TITLE_LINE * len(upper) + _GAP + above
    bottom = _GAP + _SMALL_LINE * len(lower) + _GAP + below
    height = figure.get_figheight() + top + bottom
    figure.set_figheight(height)
    figure.subplots_adjust(
        left=left / WIDTH, right=1 - _SIDE / WIDTH, top=1 - top / height, bottom=bottom / height, wspace=0.35
    )
    figure.text(
        _SIDE / WIDTH,
        1 - _GAP / height,
        "\n".join(upper),
        fontsize=12,
        fontweight="bold",
        va="top",
        linespacing=1.25,
    )
    figure.text(
        _SIDE / WIDTH,
        _GAP / height,
        "\n".join(lower),
        fontsize=8.2,
        color=QUIET,
        va="bottom",
        linespacing=1.25,
    )
    head, rows = table
    return Chart(name, title, alt, provenance, tuple(head), tuple(tuple(row) for row in rows), figure)


def _unbroken(words: str) -> str:
    """Return ``words`` with non-breaking spaces around arithmetic operators, so calculations are not wrapped."""
    return re.sub(r" ([×:−+]) ", "\N{NO-BREAK SPACE}\\1\N{NO-BREAK SPACE}", words)
