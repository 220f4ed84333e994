"""Define ``numeric`` questions, which are answered with a number typed in Vietnamese notation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from buuchinh.questions.question_type import QuestionType
from buuchinh.questions.scored import Score
from buuchinh.questions.types.numeric import model
from buuchinh.questions.types.numeric.score import score
from buuchinh.text import format_number


class NumericType(QuestionType):
    """The type of questions that are answered with a number, with or without a unit of measure."""

    name = "numeric"
    place = 40
    public = model.Numeric
    authored = model.NumericQuestion
    field = model.NumericField
    short = True
    may_stand_in_exam = True
    typed = True

    def score_by_key(self, question: model.NumericField, key: model.NumericKey, answer: Any) -> Score:
        """Return full points for a number within the tolerance, otherwise 0."""
        return score(question, key, answer)

    def render_for_judges(self, question: model.NumericField) -> str:
        """Return the unit of measure, or "" if the number has none."""
        return question.unit or ""

    def render_key_for_judges(self, question: model.NumericField, key: model.NumericKey) -> Iterator[str]:
        """Yield the right number as plain text."""
        yield format_number(key.correct)


TYPE = NumericType()
