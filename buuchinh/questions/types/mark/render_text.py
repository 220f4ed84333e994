"""Render the document of a ``mark`` question as HTML and as plain text, with its passages highlighted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from buuchinh.questions.markup import inline
from buuchinh.questions.types.mark.model import MarkQuestion

_CLOSES = tuple(".,;:!?)”…%")
_OPENS = tuple("(“")


def joined(texts: Sequence[str]) -> str:
    """Join the pieces of a paragraph with spaces, except before closing and after opening punctuation.

    ``view.js`` follows the same rule.
    """
    text = ""
    for piece in texts:
        text += " " if text and not text.endswith(_OPENS) and not piece.startswith(_CLOSES) else ""
        text += piece
    return text


def document_html(question: Mapping[str, Any]) -> str:
    """Return the document as HTML, with the passages underlined."""
    heading = question["heading"]
    paragraphs = [
        joined([inline(piece) if isinstance(piece, str) else f"<u>{inline(piece['text'])}</u>" for piece in pieces])
        for pieces in ([paragraph] if isinstance(paragraph, str) else paragraph for paragraph in question["document"])
    ]
    title = f"<p><strong>{inline(heading)}</strong></p>" if heading else ""
    return "<blockquote>" + title + "".join(f"<p>{text}</p>" for text in paragraphs) + "</blockquote>"


def document_lines(question: MarkQuestion) -> Iterator[str]:
    """Yield the document's heading and paragraphs as plain text, with the passages in square brackets."""
    if question.heading:
        yield question.heading
    for paragraph in question.document:
        pieces = (paragraph,) if isinstance(paragraph, str) else paragraph
        yield joined([piece if isinstance(piece, str) else f"[{piece.text}]" for piece in pieces])
