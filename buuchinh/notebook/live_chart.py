"""A picture that is drawn anew, with the sentence that says the same, its provenance and its table, as a widget."""

from __future__ import annotations

from typing import Any

import anywidget
import traitlets

from buuchinh import frontend
from buuchinh.statistics import TextTable


class LiveChart(anywidget.AnyWidget):
    """What an explorer shows live; ``learner/src/widgets/picture.js`` draws it."""

    _esm = frontend.bundle("notebook-picture.js")
    _css = frontend.bundle("picture.css")
    source = traitlets.Unicode().tag(sync=True)
    sentence = traitlets.Unicode().tag(sync=True)
    provenance = traitlets.Unicode().tag(sync=True)
    caption = traitlets.Unicode().tag(sync=True)
    head: traitlets.List[Any] = traitlets.List().tag(sync=True)
    rows: traitlets.List[Any] = traitlets.List().tag(sync=True)

    def tell(self, source: str, sentence: str, provenance: str, table: TextTable) -> None:
        """Show a picture (its address) and its words in place of what is shown, all of it in one message."""
        with self.hold_sync():
            self.source, self.sentence, self.provenance = source, sentence, provenance
            self.caption, self.head = table.caption, list(table.head)
            self.rows = [list(row) for row in table.rows]

    def fail(self, sentence: str) -> None:
        """Say why there is no picture, and show none."""
        with self.hold_sync():
            self.source, self.sentence, self.provenance, self.rows = "", sentence, "", []
