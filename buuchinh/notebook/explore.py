"""Provide ``explore(draw, source, choices)``, which shows a lesson's chart with drop-down lists to redraw it.

The chart for the first value in each list is visible wherever the notebook is read. The lists work only in the course's
lab: elsewhere, the widget would be saved in the file and would not work when the file is reopened.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from IPython.core.getipython import get_ipython
from IPython.display import display
from ipywidgets import Dropdown, VBox

from buuchinh.charts.canvas import Chart
from buuchinh.charts.explored import Draw, Origin, explored, origin_of, words
from buuchinh.messages import say
from buuchinh.notebook.display_parts import LAB
from buuchinh.notebook.live_chart import LiveChart

if TYPE_CHECKING:
    import pandas as pd

_WIDE = {"width": "auto", "max_width": "32rem"}
_LABELLED = {"description_width": "initial"}
_WIDGET = "application/vnd.jupyter.widget-view+json"
_Options = list[tuple[str, Any]]
"""The options of a drop-down list, as (label, value) pairs."""


def explore(
    draw: Draw,
    source: pd.DataFrame | str | Sequence[pd.DataFrame | str],
    choices: Mapping[str, Sequence[Any] | Mapping[str, Any]],
) -> None:
    """Show the chart that ``draw(axes, …)`` draws for the first value of each choice, with lists to redraw the chart.

    ``draw`` takes one value of each choice and returns a sentence about the chart and the table behind it. ``source``
    is the origin of the figures: tables from ``load``, or a description. ``choices`` maps the label of each drop-down
    list to a sequence of values, or to a mapping of displayed labels to values. Raise ``KitError`` if the chart has no
    title or a table has no provenance.
    """
    origin = origin_of([source] if isinstance(source, str) or not isinstance(source, Sequence) else source)
    lists = {name: _options(values) for name, values in choices.items()}
    sentence = _named({name: options[0][0] for name, options in lists.items()})
    first = explored(draw, origin, [options[0][1] for options in lists.values()])
    data: dict[str, Any] = {"text/html": _html(first, sentence), "text/plain": f"{sentence}\n{first}"}
    if LAB in os.environ and _somebody_looks():
        data[_WIDGET] = {"version_major": 2, "version_minor": 0, "model_id": _live(draw, origin, lists, first)}
    display(data, raw=True)


def _options(values: Sequence[Any] | Mapping[str, Any]) -> _Options:
    pairs = values.items() if isinstance(values, Mapping) else ((words(value), value) for value in values)
    return [(name, value) for name, value in pairs]


def _somebody_looks() -> bool:
    """Return whether the notebook is run interactively; programs (nbconvert, nbval) do not allow input."""
    return bool(getattr(getattr(get_ipython(), "kernel", None), "_allow_stdin", False))


def _html(chart: Chart, sentence: str) -> str:
    hint = f'<p class="bc-explore-hint"><small>{escape(say("notebook.explore.hint"))}</small></p>'
    return f'<div class="bc-explored" lang="vi"><p>{escape(sentence)}</p>{chart.html()}{hint}</div>'


def _named(choices: Mapping[str, str]) -> str:
    values = [say("notebook.explore.value", name=name, value=value) for name, value in choices.items()]
    return say("notebook.explore.given", values="; ".join(values))


def _live(draw: Draw, origin: Origin, choices: Mapping[str, _Options], first: Chart) -> str:
    """Create a widget with the drop-down lists and the chart ``first``, and return the widget's model id."""
    picture = LiveChart()
    _tell(picture, first)
    lists = [
        Dropdown(options=options, description=name, tooltip=name, style=_LABELLED, layout=_WIDE)
        for name, options in choices.items()
    ]

    def redraw(_change: object) -> None:
        try:
            _tell(picture, explored(draw, origin, [choice.value for choice in lists]))
        except Exception as error:  # code of the cell, which an officer may have changed
            picture.fail(say("notebook.explore.failed", error=f"{type(error).__name__}: {error}"))

    for choice in lists:
        choice.observe(redraw, names="value")
    box = VBox([*lists, picture])
    box.add_class("bc-part")
    return str(box.model_id)


def _tell(picture: LiveChart, chart: Chart) -> None:
    source = "data:image/png;base64," + base64.b64encode(chart.png()).decode("ascii")
    picture.tell(source, chart.alt, chart.provenance, chart.table())
