"""Read plain values from a trainee's Matplotlib chart, so that its labels and bars can be graded like any number.

``submit("…", hinh=ax)`` submits these values. They only describe the chart; the right values are not known here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from buuchinh.errors import KitError
from buuchinh.messages import say
from buuchinh.questions.types.code.model import Value
from buuchinh.text import nfc

ARGUMENT = "hinh"
"""Name of the keyword argument with which ``submit`` receives a chart."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SOURCE = re.compile(r"\bnguồn\b(?! gốc)(?: (?:số|dữ) liệu)?+[ :.,\-–—]*(\w[\w ]*)?")
"""Pattern for “Nguồn: …” (source), followed by a name; *nguồn gốc* (origin) does not match."""


@dataclass(frozen=True)
class ChartContent:
    """The visible content of one chart, with text normalised to NFC, lower case and single spaces.

    ``words`` is all text except tick labels. ``ticks`` holds the tick labels along the bars, and ``heights`` the bars'
    lengths. ``foot`` is the lowest value on the height axis. ``unit`` is the unit of measure that the question expects.
    """

    title: str
    height_label: str
    words: str
    ticks: str
    heights: tuple[float, ...]
    foot: float
    unit: str


def readings(drawn: Any, values: Sequence[Value]) -> dict[str, int | float]:
    """Return the values that can be read from the chart ``drawn``, by the ids used in ``READ``.

    Only values in ``values``, which the question expects, are returned. Raise ``KitError`` if ``drawn`` is not a chart.
    """
    unit = next((value.unit or "" for value in values if value.id == "tong_cot"), "")
    chart = _seen(_axes(drawn), _folded(unit))
    return {value.id: READ[value.id](chart) for value in values if value.id in READ}


def _axes(drawn: Any) -> Any:
    """Return ``drawn`` if it is an ``Axes``, or a figure's first axes; raise ``KitError`` for anything else."""
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    if isinstance(drawn, Figure) and drawn.axes:
        drawn = drawn.axes[0]
    if not isinstance(drawn, Axes):
        raise KitError(say("notebook.not_a_figure", kind=type(drawn).__name__))
    return drawn


def _seen(place: Any, unit: str) -> ChartContent:
    from matplotlib.container import BarContainer

    bars = [container for container in place.containers if isinstance(container, BarContainer)]
    lying = any(bar.orientation == "horizontal" for bar in bars)
    heights = [patch.get_width() if lying else patch.get_height() for bar in bars for patch in bar.patches]
    along, across = (place.yaxis, place.xaxis) if lying else (place.xaxis, place.yaxis)
    figure = place.figure
    titles = [place.get_title(loc=side) for side in ("left", "center", "right")] if place.title.get_visible() else []
    title = _folded(" ".join([*titles, figure.get_suptitle()]))
    label = _folded(" ".join(_visible([across.label])))
    words = [*_visible([*figure.texts, *place.texts, place.xaxis.label, place.yaxis.label]), title]
    return ChartContent(
        title=title,
        height_label=label,
        words="\n".join(map(_folded, words)),
        ticks=" ".join(label.get_text() for label in along.get_ticklabels()),
        heights=tuple(float(height) for height in heights if height == height),  # noqa: PLR0124  # NaN is no bar
        foot=float(min(across.get_view_interval())),
        unit=unit,
    )


def _visible(texts: Sequence[Any]) -> Iterator[str]:
    return (text.get_text() for text in texts if text.get_visible() and text.get_alpha() != 0)


def _folded(text: str) -> str:
    return " ".join(nfc(text).casefold().split())


def _tells_period(chart: ChartContent) -> int:
    """Return 1 if the title names the first and last year of the bars, else 0.

    If no bar is labelled with a year, any two years in the title suffice.
    """
    named, drawn = set(_YEAR.findall(chart.title)), sorted(_YEAR.findall(chart.ticks))
    return int({drawn[0], drawn[-1]} <= named if drawn else len(named) > 1)


def _tells_unit(chart: ChartContent) -> int:
    """Return 1 if the height axis's label names the unit of measure (or, if none is expected, any word), else 0."""
    pattern = rf"\b{re.escape(chart.unit)}\b" if chart.unit else r"\w"
    return int(bool(re.search(pattern, chart.height_label)))


READ: Mapping[str, Callable[[ChartContent], int | float]] = {
    "so_cot": lambda chart: len(chart.heights),
    "tong_cot": lambda chart: round(sum(chart.heights)),
    "goc_truc": lambda chart: chart.foot,
    "noi_mo_phong": lambda chart: int("mô phỏng" in chart.title),
    "noi_ky": _tells_period,
    "noi_don_vi": _tells_unit,
    "noi_nguon": lambda chart: int(any(match[1] for match in _SOURCE.finditer(chart.words))),
}
"""Functions that read a value from a chart, by the value's id in questions."""
