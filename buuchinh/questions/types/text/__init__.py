"""``text`` questions: a written answer, compared automatically or graded manually."""

from __future__ import annotations

from typing import Any

from buuchinh.questions.question_type import QuestionType
from buuchinh.questions.scored import Score
from buuchinh.questions.types.text import model
from buuchinh.questions.types.text.score import score


class TextType(QuestionType):
    """The type of questions that are answered in writing."""

    name = "text"
    place = 70
    public = model.TextEntry
    authored = model.TextQuestion
    field = model.TextField
    typed = True

    def score_by_key(self, question: model.TextField, key: model.TextKey, answer: Any) -> Score:
        """Return full points for an accepted wording, otherwise 0."""
        return score(question, key, answer)

    def by_hand(self, question: model.TextEntry) -> bool:
        """Whether the author wants the answer graded manually."""
        return question.manual

    def is_task(self, question: model.TextEntry) -> bool:
        """Whether the author wants the answer graded manually together with the cells around it."""
        return question.task

    def needs_story(self, question: model.TextEntry) -> bool:
        """Whether the answer is graded manually, so that the stem may describe a case."""
        return question.manual


TYPE = TextType()
