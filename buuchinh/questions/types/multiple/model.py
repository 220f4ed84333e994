"""Shapes of ``multiple``, and their base for other types with several right options."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, Self

from pydantic import Field, model_validator

from buuchinh.questions.asked import Choosing, Id, Named, ids, unique
from buuchinh.questions.dated_keys import Keyed, Notes, known, same
from buuchinh.questions.keys import Feedback, Key


class Several(Choosing):
    """A question of which several options may be right. Answer: a list of ids."""

    all_or_nothing: bool = False


class Multiple(Several):
    """Several of a list."""

    type: Literal["multiple"]


class MultipleKey(Key):
    """The right options, and a word on each option."""

    correct: tuple[Id, ...] = Field(min_length=1)
    feedback: dict[Id, Feedback]


class MultipleField(Multiple, Keyed[MultipleKey]):
    """A multiple choice with its keys."""

    @model_validator(mode="after")
    def _keys_fit(self) -> Self:
        keys_fit(self.options, self.keys)
        return self


class MultipleQuestion(MultipleField, Notes):
    """As ``MultipleField``, a question of its own."""


def keys_fit(options: Iterable[Named], keys: Iterable[MultipleKey]) -> None:
    """Raise ``ValueError`` if a key lacks feedback on an option or names an unknown option."""
    names = ids(options)
    for key in keys:
        same("feedback", names, key.feedback)
        known(names, key.correct)
        unique("correct", key.correct)
