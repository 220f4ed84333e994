"""A widget that shows a redrawable chart with a descriptive sentence, the data's provenance and a table."""

from __future__ import annotations

from typing import Any

import anywidget
import traitlets

from buuchinh import frontend
from buuchinh.statistics import TextTable


class LiveChart(anywidget.AnyWidget):
    """The chart shown by ``explore``; its browser side is ``learner/src/widgets/picture.js``."""

    _esm = frontend.bundle("notebook-picture.js")
    _css = frontend.bundle("picture.css")
    source = traitlets.Unicode().tag(sync=True)
    sentence = traitlets.Unicode().tag(sync=True)
    provenance = traitlets.Unicode().tag(sync=True)
    caption = traitlets.Unicode().tag(sync=True)
    head: traitlets.List[Any] = traitlets.List().tag(sync=True)
    rows: traitlets.List[Any] = traitlets.List().tag(sync=True)

    def tell(self, source: str, sentence: str, provenance: str, table: TextTable) -> None:
        """Replace the picture (``source`` is its URL), description, provenance and table in a single message."""
        with self.hold_sync():
            self.source, self.sentence, self.provenance = source, sentence, provenance
            self.caption, self.head = table.caption, list(table.head)
            self.rows = [list(row) for row in table.rows]

    def fail(self, sentence: str) -> None:
        """Show the message ``sentence`` in place of the chart."""
        with self.hold_sync():
            self.source, self.sentence, self.provenance, self.rows = "", sentence, "", []
