"""Define ``text`` questions, whose written answers are compared automatically or graded manually."""

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
        """Whether the author requires manual grading."""
        return question.manual

    def is_task(self, question: model.TextEntry) -> bool:
        """Whether the author requires manual grading together with the notebook cells around the question."""
        return question.task

    def needs_story(self, question: model.TextEntry) -> bool:
        """Whether the answer is graded manually, in which case the stem may describe a case at length."""
        return question.manual


TYPE = TextType()
