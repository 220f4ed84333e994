"""Build tables of figures and readings for lessons, as HTML and as plain text with identical content."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from buuchinh.messages import say
from buuchinh.statistics.figures import Figure, several
from buuchinh.statistics.readings import reading

_SCROLL = "overflow-x:auto;max-width:100%"
_CELL = "text-align:left;vertical-align:top;white-space:normal"


@dataclass(frozen=True)
class TextTable:
    """A small table of text that notebooks can display; the first cell of each row is the row's header."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""

    def __str__(self) -> str:
        lines = [self.caption] if self.caption else []
        lines += [" | ".join(row) for row in (self.head, *self.rows)]
        return "\n".join(lines)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        """Return the table as HTML that scrolls sideways on a narrow screen."""
        return self.html()

    def html(self) -> str:
        """Return the table as HTML with all text escaped; the same data always gives the same bytes."""
        caption = f'<caption style="text-align:left">{escape(self.caption)}</caption>' if self.caption else ""
        head = "".join(f'<th scope="col" style="{_CELL}">{escape(word)}</th>' for word in self.head)
        body = "".join(map(_row, self.rows))
        table = f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        label = escape(self.caption or self.head[0])
        region = f'style="{_SCROLL}" tabindex="0" role="region" aria-label="{label}"'
        return f'<div lang="vi" {region}>{table}</div>'


def _row(cells: Sequence[str]) -> str:
    first, *others = (escape(cell) for cell in cells)
    rest = "".join(f'<td style="{_CELL}">{cell}</td>' for cell in others)
    return f'<tr><th scope="row" style="{_CELL}">{first}</th>{rest}</tr>'


def figures_table(wanted: Iterable[str | Figure], caption: str = "") -> TextTable:
    """Return a table of figures, given as ``Figure`` objects or ids, with value, period, scope, kind and source."""
    names = ("title", "value", "period", "scope", "kind", "source")
    rows = [(f.title, f.words, f.period, f.scope, say(f"statistics.kind.{f.kind}"), f.origin) for f in several(wanted)]
    return TextTable(tuple(say(f"statistics.table.{name}") for name in names), tuple(rows), caption)


def readings_table(ids: Iterable[str], caption: str = "") -> TextTable:
    """Return a table of readings with the printed passage, the interpretation, its kind, the reason and the source."""
    names = ("subject", "printed", "read", "reading_kind", "reason", "source")
    rows = [(r.subject, r.as_printed, r.read_words, r.kind_words, r.reason, r.origin) for r in map(reading, ids)]
    return TextTable(tuple(say(f"statistics.table.{name}") for name in names), tuple(rows), caption)
