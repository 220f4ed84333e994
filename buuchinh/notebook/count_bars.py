"""Show a summary of counts as a sentence, bars and a table, either in static HTML or as a live widget."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import anywidget
import traitlets

from buuchinh import frontend
from buuchinh.statistics import TextTable


@dataclass(frozen=True)
class CountSummary:
    """A summary of counts: a sentence, a table, and labelled bars that start at zero."""

    sentence: str
    table: TextTable
    bars: Sequence[tuple[str, float]]

    def html(self) -> str:
        """Return static HTML, in which bars are hidden from screen readers, since sentence and table say the same."""
        top = max((value for _, value in self.bars), default=0) or 1
        rows = "".join(
            f'<div style="display:flex;gap:.5rem;align-items:center;margin:.25rem 0">'
            f'<span style="flex:0 0 9rem">{escape(name)}</span>'
            f'<span style="flex:1;min-width:0"><span style="display:block;height:1rem;width:{value / top * 100:.1f}%;'
            f'background:#8a4b08"></span></span></div>'
            for name, value in self.bars
        )
        bars = f'<div aria-hidden="true" style="max-width:32rem">{rows}</div>'
        return f'<p role="status">{escape(self.sentence)}</p>{bars}{self.table.html()}'


class Bars(anywidget.AnyWidget):
    """A live summary of counts, drawn by ``learner/src/widgets/bars.js``."""

    _esm = frontend.bundle("notebook-bars.js")
    _css = frontend.bundle("bars.css")
    sentence = traitlets.Unicode().tag(sync=True)
    bars: traitlets.List[Any] = traitlets.List().tag(sync=True)
    caption = traitlets.Unicode().tag(sync=True)
    head: traitlets.List[Any] = traitlets.List().tag(sync=True)
    rows: traitlets.List[Any] = traitlets.List().tag(sync=True)

    def tell(self, summary: CountSummary) -> None:
        """Replace the displayed summary with ``summary``, in a single message to the browser."""
        with self.hold_sync():
            self.sentence, self.bars = summary.sentence, [list(bar) for bar in summary.bars]
            self.caption, self.head = summary.table.caption, list(summary.table.head)
            self.rows = [list(row) for row in summary.table.rows]
