"""Define ``single`` questions, in which trainees choose the one right option."""

from __future__ import annotations

from typing import Any

from buuchinh.questions.choosing_type import ChoosingType
from buuchinh.questions.scored import Score
from buuchinh.questions.types.single import model
from buuchinh.questions.types.single.score import score


class SingleType(ChoosingType):
    """The type of questions with exactly one right option."""

    name = "single"
    place = 10
    public = model.Single
    authored = model.SingleQuestion
    field = model.SingleField

    def score_by_key(self, question: model.SingleField, key: model.SingleKey, answer: Any) -> Score:
        """Return full points for the right option, otherwise 0."""
        return score(question, key, answer)


TYPE = SingleType()
