"""Words of ``mark``: the document as text, with its passages marked off for those who read it without the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from buuchinh.questions.markup import inline
from buuchinh.questions.offers import Offer, offer
from buuchinh.questions.types.mark.model import MarkQuestion, Passage
from buuchinh.questions.types.multiple.model import MultipleKey

_CLOSES = tuple(".,;:!?)”…%")
_OPENS = tuple("(“")


def joined(texts: Sequence[str]) -> str:
    """Join the pieces of a paragraph: a space between two, none before what closes nor after what opens.

    ``view.js`` does the same.
    """
    text = ""
    for piece in texts:
        text += " " if text and not text.endswith(_OPENS) and not piece.startswith(_CLOSES) else ""
        text += piece
    return text


def standin(question: Mapping[str, Any], _words: Mapping[str, Any]) -> str:
    """Return the document, with its passages underlined."""
    heading = question["heading"]
    paragraphs = [
        joined([inline(piece) if isinstance(piece, str) else f"<u>{inline(piece['text'])}</u>" for piece in pieces])
        for pieces in ([one] if isinstance(one, str) else one for one in question["document"])
    ]
    title = f"<p><strong>{inline(heading)}</strong></p>" if heading else ""
    return "<blockquote>" + title + "".join(f"<p>{text}</p>" for text in paragraphs) + "</blockquote>"


def offers(question: MarkQuestion, key: MultipleKey) -> Iterator[Offer]:
    """Yield the passages, with the place of each within the document."""
    places = [
        ("document", number, at)
        for number, paragraph in enumerate(question.document)
        if not isinstance(paragraph, str)
        for at, piece in enumerate(paragraph)
        if isinstance(piece, Passage)
    ]
    yield offer(question.options, key.correct, one=False, steps=("document",), places=places)


def shown_to_judges(question: MarkQuestion) -> str:
    """Return the document with its passages in square brackets."""
    return "\n".join(_lines(question, lambda passage: f"[{passage.text}]"))


def _lines(question: MarkQuestion, shown: Callable[[Passage], str]) -> Iterator[str]:
    if question.heading:
        yield question.heading
    for paragraph in question.document:
        pieces = (paragraph,) if isinstance(paragraph, str) else paragraph
        yield joined([piece if isinstance(piece, str) else shown(piece) for piece in pieces])
