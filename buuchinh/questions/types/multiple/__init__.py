"""Define ``multiple`` questions, in which trainees choose all right options from a list."""

from __future__ import annotations

from typing import Any

from buuchinh.questions.choosing_type import ChoosingType
from buuchinh.questions.scored import Score
from buuchinh.questions.types.multiple import model
from buuchinh.questions.types.multiple.score import score


class MultipleType(ChoosingType):
    """The type of questions with several right options, for which partial credit is possible."""

    name = "multiple"
    place = 20
    public = model.Multiple
    authored = model.MultipleQuestion
    field = model.MultipleField

    def score_by_key(self, question: model.MultipleField, key: model.MultipleKey, answer: Any) -> Score:
        """Return the right options chosen minus the wrong ones, as a share of all right options and at least 0."""
        return score(question, key, answer)


TYPE = MultipleType()
