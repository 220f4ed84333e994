"""Shapes of ``single``: the public one, its key, the author's."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator

from buuchinh.questions.asked import Choosing, Id, ids
from buuchinh.questions.dated_keys import Keyed, Notes, known, same
from buuchinh.questions.keys import Feedback, Key


class Single(Choosing):
    """One option is right. Answer: its id."""

    type: Literal["single"]


class SingleKey(Key):
    """The right option, and a word on each option."""

    correct: Id
    feedback: dict[Id, Feedback]


class SingleField(Single, Keyed[SingleKey]):
    """A single choice with its keys."""

    @model_validator(mode="after")
    def _keys_fit(self) -> Self:
        for key in self.keys:
            same("feedback", ids(self.options), key.feedback)
            known(ids(self.options), [key.correct])
        return self


class SingleQuestion(SingleField, Notes):
    """As ``SingleField``, a question of its own."""
