"""Define the data models for ``single`` questions: published question, answer key and authored source."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator

from buuchinh.questions.asked import Choosing, Id, ids
from buuchinh.questions.dated_keys import Keyed, Notes, known, same
from buuchinh.questions.keys import Feedback, Key


class Single(Choosing):
    """A question with exactly one right option. Answer: its id."""

    type: Literal["single"]


class SingleKey(Key):
    """The right option, and feedback on each option."""

    correct: Id
    feedback: dict[Id, Feedback]


class SingleField(Single, Keyed[SingleKey]):
    """A ``single`` question with its keys."""

    @model_validator(mode="after")
    def _keys_fit(self) -> Self:
        for key in self.keys:
            same("feedback", ids(self.options), key.feedback)
            known(ids(self.options), [key.correct])
        return self


class SingleQuestion(SingleField, Notes):
    """A standalone ``single`` question, with its keys and its author's notes."""
