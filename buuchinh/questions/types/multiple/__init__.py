"""``multiple`` questions: choose all right options from a list."""

from __future__ import annotations

from typing import Any

from buuchinh.questions.choosing_type import ChoosingType
from buuchinh.questions.scored import Score
from buuchinh.questions.types.multiple import model
from buuchinh.questions.types.multiple.score import score


class MultipleType(ChoosingType):
    """The type of questions with several right options, in which partial points can be earned."""

    name = "multiple"
    place = 20
    public = model.Multiple
    authored = model.MultipleQuestion
    field = model.MultipleField

    def score_by_key(self, question: model.MultipleField, key: model.MultipleKey, answer: Any) -> Score:
        """Return the number of right options chosen minus that of wrong ones, as a share of all right options."""
        return score(question, key, answer)


TYPE = MultipleType()
