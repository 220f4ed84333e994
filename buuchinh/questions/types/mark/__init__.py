"""``mark``: passages of a short document to mark; scored as ``multiple``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from buuchinh.questions.arrangement import Arrangement
from buuchinh.questions.choosing_type import ChoosingType
from buuchinh.questions.offers import Offer, offer
from buuchinh.questions.scored import Score
from buuchinh.questions.types.mark import model, render_text
from buuchinh.questions.types.multiple.model import MultipleKey
from buuchinh.questions.types.multiple.score import score


class MarkType(ChoosingType):
    """As ``multiple``, with options that are passages of a document."""

    name = "mark"
    place = 35
    public = model.Mark
    authored = model.MarkQuestion
    read_fields = frozenset({"heading", "document"})

    def score_by_key(self, question: model.MarkQuestion, key: MultipleKey, answer: Any) -> Score:
        """Return the number of right passages less that of wrong ones, as a share."""
        return score(question, key, answer)

    def rearrange(self, question: dict[str, Any], arrangement: Arrangement) -> None:
        """Give the passages their published ids, in the keys too; their order is that of the document."""
        model.rearrange(question, arrangement)

    def static_html(self, question: Mapping[str, Any], words: Mapping[str, Any]) -> str:
        """Return the document, with its passages underlined."""
        return render_text.document_html(question)

    def render_for_judges(self, question: model.MarkQuestion) -> str:
        """Return the document with its passages in square brackets."""
        return "\n".join(render_text.document_lines(question))

    def offers(self, question: model.MarkQuestion, key: MultipleKey) -> Iterator[Offer]:
        """Yield the passages, with the place of each within the document."""
        places = [
            ("document", number, at)
            for number, paragraph in enumerate(question.document)
            if not isinstance(paragraph, str)
            for at, piece in enumerate(paragraph)
            if isinstance(piece, model.Passage)
        ]
        yield offer(question.options, key.correct, one=False, steps=("document",), places=places)


TYPE = MarkType()
