"""``numeric``: a number, typed as a Vietnamese clerk writes it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from buuchinh.questions.question_type import QuestionType
from buuchinh.questions.scored import Score
from buuchinh.questions.types.numeric import model
from buuchinh.questions.types.numeric.score import score
from buuchinh.text import format_number


class NumericType(QuestionType):
    """A number, with a unit or without."""

    name = "numeric"
    place = 40
    public = model.Numeric
    authored = model.NumericQuestion
    field = model.NumericField
    short = True
    may_stand_in_exam = True
    typed = True

    def score_by_key(self, question: model.NumericField, key: model.NumericKey, answer: Any) -> Score:
        """Return full points for a number within the tolerance, else none."""
        return score(question, key, answer)

    def render_for_judges(self, question: model.NumericField) -> str:
        """Return the unit."""
        return question.unit or ""

    def render_key_for_judges(self, question: model.NumericField, key: model.NumericKey) -> Iterator[str]:
        """Yield the right number."""
        yield format_number(key.correct)


TYPE = NumericType()
