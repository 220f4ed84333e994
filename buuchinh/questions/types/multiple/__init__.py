"""Define ``multiple`` questions, in which trainees choose all right options from a list."""

from __future__ import annotations

from buuchinh.questions.choosing_type import ChoosingType
from buuchinh.questions.types.multiple import model
from buuchinh.questions.types.multiple.score import score


class MultipleType(ChoosingType):
    """The type of questions with several right options, for which partial credit is possible."""

    name = "multiple"
    place = 20
    public = model.Multiple
    authored = model.MultipleQuestion
    in_parts = True
    field = model.MultipleField
    score_by_key = staticmethod(score)


TYPE = MultipleType()
