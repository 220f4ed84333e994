"""Define ``mark`` questions, in which trainees mark passages of a short document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from buuchinh.messages import say
from buuchinh.questions.choosing_type import ChoosingType
from buuchinh.questions.moodle_question import MoodleQuestion
from buuchinh.questions.offers import Offer, offer
from buuchinh.questions.types.mark import model, render_text
from buuchinh.questions.types.multiple.model import MultipleKey
from buuchinh.questions.types.multiple.score import score


class MarkType(ChoosingType):
    """The type of questions whose options are passages of a document; they are scored like ``multiple`` questions."""

    name = "mark"
    place = 35
    public = model.Mark
    authored = model.MarkQuestion
    in_parts = True
    read_fields = frozenset({"heading", "document"})
    score_by_key = staticmethod(score)
    rearrange = staticmethod(model.rearrange)

    def static_html(self, question: Mapping[str, Any], words: Mapping[str, Any]) -> str:
        """Return the document as HTML, with the passages underlined."""
        return render_text.document_html(question)

    def render_for_judges(self, question: model.MarkQuestion) -> str:
        """Return the document as plain text, with the passages in square brackets."""
        return "\n".join(render_text.document_lines(question))

    def moodle(self, question: model.MarkQuestion, key: MultipleKey) -> MoodleQuestion:
        """Return a multiple-choice question below the document, with its passages as options."""
        choice = super().moodle(question, key)
        document = render_text.document_html(question.model_dump(include={"heading", "document"}))
        return replace(choice, below_stem=document, lost=(*choice.lost, say("lms.moodle.passages")))

    def offers(self, question: model.MarkQuestion, key: MultipleKey) -> Iterator[Offer]:
        """Yield a single offer that holds all passages, with the path to each passage in the document."""
        places = [
            ("document", number, at)
            for number, paragraph in enumerate(question.document)
            if not isinstance(paragraph, str)
            for at, piece in enumerate(paragraph)
            if isinstance(piece, model.Passage)
        ]
        yield offer(question.options, key.correct, one=False, steps=("document",), places=places)


TYPE = MarkType()
