"""Convert the inline markup allowed in question text (strong, code and links) to HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

_BOLD = re.compile(r"\*\*([^*]+)\*\*")
_CODE = re.compile(r"`([^`]+)`")
_LINK = re.compile(r"\[([^\]]+)\]\((#[^)\s]+)\)")


def bullets(texts: Iterable[str]) -> str:
    """Return ``texts`` as an unordered HTML list, or "" if there are none."""
    items = "".join(f"<li>{inline(text)}</li>" for text in texts)
    return f"<ul>{items}</ul>" if items else ""


def paragraphs(text: str) -> str:
    """Return an HTML paragraph for each non-empty line of ``text``."""
    return "".join(f"<p>{inline(line)}</p>" for line in text.splitlines() if line.strip())


def inline(text: str) -> str:
    """Return HTML for ``**strong**``, ```code``` and ``[a link](#place)``; everything else is escaped."""
    html = _LINK.sub(r'<a href="\2">\1</a>', escape(text))
    return _CODE.sub(r"<code>\1</code>", _BOLD.sub(r"<strong>\1</strong>", html))
