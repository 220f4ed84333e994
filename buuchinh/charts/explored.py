"""Finish charts drawn by a lesson's own cell: apply the course's style and add the provenance line.

The cell's function draws labelled bars and sets the axis label and the title. The labels are then moved above the bars,
as in ``bar_chart``, and the height of the chart is fitted to its contents.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import matplotlib.style
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle
from matplotlib.rcsetup import cycler
from matplotlib.text import Text
from matplotlib.ticker import ScalarFormatter
from matplotlib.transforms import Bbox

from buuchinh import course, datasets
from buuchinh.charts.bar_chart import ROW
from buuchinh.charts.canvas import BLUE, INK, PAPER, REPORTED, SIMULATED, Chart, Look, axes, finish, sheet, style
from buuchinh.errors import KitError
from buuchinh.messages import say
from buuchinh.text import format_date, format_number

Draw = Callable[..., tuple[str, pd.DataFrame]]
"""A function that draws its values on axes, and returns the main finding as a sentence and the data as a table."""
_LINE = 0.17
_LABEL = 56
_THICK = 0.4
_GROUND = {"facecolor": PAPER, "edgecolor": "none", "pad": 0.5}
_ABOVE = 0.05
_ROOM = 12
"""The maximum number of times that the axis is widened to make room for text beside bars."""


@dataclass(frozen=True)
class Origin:
    """The origin of a chart's data: its provenance line, the look of its bars, and titles of table columns by name."""

    words: str
    look: Look
    titles: Mapping[str, str] = field(default_factory=dict)


def explored(draw: Draw, origin: Origin, values: Sequence[Any] = ()) -> Chart:
    """Return the chart that ``draw(axes, *values)`` draws; raise ``KitError`` if the chart has no title."""
    with style(), matplotlib.style.context({"font.size": 10, "axes.prop_cycle": cycler(color=[BLUE])}):
        figure = sheet(3)
        (place,) = axes(figure)
        sentence, table = draw(place, *values)
        title = place.get_title()
        if not title.strip():
            raise KitError(say("charts.explored.untitled"))
        place.set_title("")
        FigureCanvasAgg(figure)
        if isinstance(place.xaxis.get_major_formatter(), ScalarFormatter):
            place.xaxis.set_major_formatter(lambda value, _at: format_number(value))
        beside = [one for one in place.texts if one.get_text()]
        _dress(place, origin.look)
        figure.set_figheight(_labels_above(place))
        figure.subplots_adjust(left=0.04, right=0.96, bottom=0.2, top=0.95)
        _room_for_words(place, beside)
        return finish(
            figure, draw.__name__, (title, sentence), origin.words, _table(table, origin.titles), below=_overhang(place)
        )


def origin_of(sources: Iterable[pd.DataFrame | str]) -> Origin:
    """Combine ``sources`` into the origin of a chart that uses all of them.

    Each source is a table returned by ``load`` or a string that describes figures of the author's own.
    """
    tables = [source for source in sources if not isinstance(source, str)]
    origins = dict.fromkeys(source if isinstance(source, str) else _provenance_of(source) for source in sources)
    reported = bool(tables) and all(source.attrs["provenance"]["kind"] != "simulated" for source in tables)
    known = datasets.resources()
    titles = {field.name: field.title for table in tables for field in known[table.attrs["provenance"]["name"]].fields}
    return Origin(" ".join(origins), REPORTED if reported else SIMULATED, titles)


def words(value: Any) -> str:
    """Return a table value as text: ``date(2026, 7, 1)`` becomes "01-07-2026", and ``0.5`` becomes "0,5"."""
    if pd.isna(value):
        return "–"
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    return format_number(value)


def _provenance_of(table: pd.DataFrame) -> str:
    known = table.attrs.get("provenance")
    if not known:
        raise KitError(say("charts.explored.unknown"))
    kind = "law" if known["name"].startswith("law/") else known["kind"]
    reviewed = format_date(course.settings().reviewed_on)
    return say(f"charts.explored.{kind}", title=known["title"], path=known["path"], reviewed=reviewed)


def _dress(place: Axes, look: Look) -> None:
    """Give bars the course's thickness and, unless the cell coloured them, the look of their data's origin."""
    for bar in place.patches:
        if isinstance(bar, Rectangle):
            bar.set_y(bar.get_y() + (bar.get_height() - _THICK) / 2)
            bar.set_height(_THICK)
            if to_hex(bar.get_facecolor()) == BLUE:
                bar.update(look)


def _labels_above(place: Axes) -> float:
    """Move labels above their bars, put the first bar on top, and return the height in inches that the chart needs."""
    names = [textwrap.fill(label.get_text(), _LABEL) for label in place.get_yticklabels()]
    spots = [float(spot) for spot in place.get_yticks()]
    place.set_yticks([])
    place.spines["left"].set_visible(False)
    edge = _THICK / 2
    for spot, name in zip(spots, names, strict=True):
        place.annotate(
            name, (0, spot - edge), xycoords=("axes fraction", "data"), xytext=(0, 2), textcoords="offset points",
            va="bottom", ha="left", color=INK, linespacing=1.15, bbox=_GROUND,
        )  # fmt: skip
    lines = max((name.count("\n") + 1 for name in names), default=1)
    step = ROW + _LINE * (lines - 1)
    above = edge + (0.24 + _LINE * (lines - 1)) / step
    low, high = min(spots, default=0), max(spots, default=0)
    place.set_ylim(high + edge + 0.1, low - above)
    return step * (high - low + edge + 0.1 + above)


def _room_for_words(place: Axes, beside: Sequence[Text]) -> None:
    """Widen the axis until all text beside bars fits."""
    for _ in range(_ROOM if beside else 0):
        box = place.get_window_extent()
        spread = Bbox.union([one.get_window_extent() for one in beside])
        if spread.x1 <= box.x1 and spread.x0 >= box.x0:
            return
        low, high = place.get_xlim()
        share = (high - low) / box.width * 1.1
        place.set_xlim(low - max(0, box.x0 - spread.x0) * share, high + max(0, spread.x1 - box.x1) * share)


def _overhang(place: Axes) -> float:
    """Return the height in inches that the tick labels and the axis label need below the axis."""
    around = place.get_tightbbox()
    assert around is not None
    return float(max(0, place.get_window_extent().y0 - around.y0) / place.figure.dpi) + _ABOVE


def _table(table: pd.DataFrame, titles: Mapping[str, str]) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    first = "" if table.index.name is None else table.index.name
    head = tuple(str(titles.get(str(name), name)) for name in (first, *table.columns))
    cells = zip(table.index, table.itertuples(index=False), strict=True)
    return head, [(words(name), *map(words, row)) for name, row in cells]
