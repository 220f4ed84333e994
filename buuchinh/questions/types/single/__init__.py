"""Define ``single`` questions, in which trainees choose the one right option."""

from __future__ import annotations

from buuchinh.questions.choosing_type import ChoosingType
from buuchinh.questions.types.single import model
from buuchinh.questions.types.single.score import score


class SingleType(ChoosingType):
    """The type of questions with exactly one right option."""

    name = "single"
    place = 10
    public = model.Single
    authored = model.SingleQuestion
    field = model.SingleField
    score_by_key = staticmethod(score)


TYPE = SingleType()
