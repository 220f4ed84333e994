"""A widget with a chart that can be redrawn, a sentence that describes it, its provenance and its table."""

from __future__ import annotations

from typing import Any

import anywidget
import traitlets

from buuchinh import frontend
from buuchinh.statistics import TextTable


class LiveChart(anywidget.AnyWidget):
    """The live chart of an explorer, drawn by ``learner/src/widgets/picture.js``."""

    _esm = frontend.bundle("notebook-picture.js")
    _css = frontend.bundle("picture.css")
    source = traitlets.Unicode().tag(sync=True)
    sentence = traitlets.Unicode().tag(sync=True)
    provenance = traitlets.Unicode().tag(sync=True)
    caption = traitlets.Unicode().tag(sync=True)
    head: traitlets.List[Any] = traitlets.List().tag(sync=True)
    rows: traitlets.List[Any] = traitlets.List().tag(sync=True)

    def tell(self, source: str, sentence: str, provenance: str, table: TextTable) -> None:
        """Replace the picture (``source`` is its URL), its description, provenance and table in a single message."""
        with self.hold_sync():
            self.source, self.sentence, self.provenance = source, sentence, provenance
            self.caption, self.head = table.caption, list(table.head)
            self.rows = [list(row) for row in table.rows]

    def fail(self, sentence: str) -> None:
        """Show a message in place of the chart."""
        with self.hold_sync():
            self.source, self.sentence, self.provenance, self.rows = "", sentence, "", []
