"""Data models for ``multiple`` questions, and the base model of other questions with several right options."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, Self

from pydantic import Field, model_validator

from buuchinh.questions.asked import Choosing, Id, Named, ids, unique
from buuchinh.questions.dated_keys import Keyed, Notes, known, same
from buuchinh.questions.keys import Feedback, Key


class Several(Choosing):
    """A question with one or more right options. Answer: a list of their ids."""

    all_or_nothing: bool = False


class Multiple(Several):
    """A question with a list of options, of which several may be right."""

    type: Literal["multiple"]


class MultipleKey(Key):
    """The right options, and feedback on each option."""

    correct: tuple[Id, ...] = Field(min_length=1)
    feedback: dict[Id, Feedback]


class MultipleField(Multiple, Keyed[MultipleKey]):
    """A ``multiple`` question with its keys."""

    @model_validator(mode="after")
    def _keys_fit(self) -> Self:
        keys_fit(self.options, self.keys)
        return self


class MultipleQuestion(MultipleField, Notes):
    """A standalone ``multiple`` question, with its keys and its author's notes."""


def keys_fit(options: Iterable[Named], keys: Iterable[MultipleKey]) -> None:
    """Raise ``ValueError`` if a key does not fit ``options``.

    Each key must give feedback on exactly these options, and its right options must be among them and not repeated.
    """
    names = ids(options)
    for key in keys:
        same("feedback", names, key.feedback)
        known(names, key.correct)
        unique("correct", key.correct)
