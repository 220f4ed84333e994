"""Reduce HTML to text, lists and tables, for a page that shows what stood beside a question."""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser

_TAGS = frozenset({
    "p", "br", "strong", "em", "b", "i", "code", "pre", "ul", "ol", "li", "blockquote", "table", "thead", "tbody", "tr",
    "th", "td", "details", "summary",
})  # fmt: skip
_EMPTY = frozenset({"br"})
_UNSEEN = frozenset({"style", "script", "template", "title", "textarea", "iframe", "svg", "math"})
"""Elements whose content is no text to read."""
_HEADING = re.compile(r"h[1-6]")
_NO_HEADER = re.compile(r"<th></th>")
_SPANS = frozenset({"colspan", "rowspan"})
_SPAN = re.compile(r"[1-9][0-9]?")


def plain(html: str) -> str:
    """Return ``html`` with plain elements alone: no attribute but the spans of a table's cells, no link, no picture.

    The text of any other element stays, except that of ``_UNSEEN``. A heading becomes one of level 3, a header without
    words a cell.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    whole = "".join([*reader.parts, *(f"</{name}>" for name in reversed(reader.open))])
    return _NO_HEADER.sub("<td></td>", whole)


class _Reader(HTMLParser):
    """Collect the allowed elements and all text, each escaped anew."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.open: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._unseen += 1
        name = _name(tag)
        if not name or self._unseen:
            return
        spans = [f' {key}="{value}"' for key, value in attrs if key in _SPANS and _SPAN.fullmatch(value or "")]
        self.parts.append(f"<{name}{''.join(spans)}>")
        if name not in _EMPTY:
            self.open.append(name)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _EMPTY:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        name = _name(tag)
        if self._unseen or name not in self.open:
            return
        while self.open:
            closed = self.open.pop()
            self.parts.append(f"</{closed}>")
            if closed == name:
                return

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.parts.append(escape(data))


def _name(tag: str) -> str:
    return "h3" if _HEADING.fullmatch(tag) else tag if tag in _TAGS else ""
