"""``text``: a written answer, compared automatically or graded by a person."""

from __future__ import annotations

from typing import Any

from buuchinh.questions.question_type import QuestionType
from buuchinh.questions.scored import Score
from buuchinh.questions.types.text import model
from buuchinh.questions.types.text.score import score


class TextType(QuestionType):
    """Words to write."""

    name = "text"
    place = 70
    public = model.TextEntry
    authored = model.TextQuestion
    field = model.TextField
    typed = True

    def score_by_key(self, question: model.TextField, key: model.TextKey, answer: Any) -> Score:
        """Return full points for an accepted wording, else none."""
        return score(question, key, answer)

    def by_hand(self, question: model.TextEntry) -> bool:
        """Whether the author leaves grading to a person."""
        return question.manual

    def is_task(self, question: model.TextEntry) -> bool:
        """Whether the author leaves grading to a person, together with the cells around it."""
        return question.task

    def needs_story(self, question: model.TextEntry) -> bool:
        """Whether a person grades it."""
        return question.manual


TYPE = TextType()
