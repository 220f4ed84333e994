"""Define the data models for ``ordering`` questions: published question, answer key and authored source."""

from __future__ import annotations

from typing import Any, Literal, Self

from pydantic import Field, model_validator

from buuchinh.questions.arrangement import Arrangement, rename_choice_keys
from buuchinh.questions.asked import Asked, Id, Option, distinct, ids, unique
from buuchinh.questions.dated_keys import Keyed, Notes, known, same
from buuchinh.questions.keys import Feedback, Key


class Ordering(Asked):
    """Items to put in order. Answer: the list of all their ids, first to last."""

    type: Literal["ordering"]
    items: tuple[Option, ...] = Field(min_length=3, max_length=9)

    @model_validator(mode="after")
    def _items_differ(self) -> Self:
        distinct(self.items)
        return self


class OrderingKey(Key):
    """The items in their right order, with feedback on the position of each."""

    correct: tuple[Id, ...]
    feedback: dict[Id, Feedback]
    early: dict[Id, Feedback] = Field(
        default={}, description="What is said of an item that was put too early, in place of the feedback."
    )
    late: dict[Id, Feedback] = Field(
        default={}, description="What is said of an item that was put too late, in place of the feedback."
    )


class OrderingField(Ordering, Keyed[OrderingKey]):
    """Items to order, with their keys."""

    @model_validator(mode="after")
    def _keys_fit(self) -> Self:
        for key in self.keys:
            same("correct", ids(self.items), key.correct)
            unique("correct", key.correct)
            same("feedback", ids(self.items), key.feedback)
            known(key.correct[1:], key.early)
            known(key.correct[:-1], key.late)
        return self


class OrderingQuestion(OrderingField, Notes):
    """A standalone ``ordering`` question, with its keys and its author's notes."""


def rearrange(question: dict[str, Any], arrangement: Arrangement) -> None:
    """Put the items in published order and replace their ids by published ones, including those in the keys."""
    question["items"] = arrangement.ordered("items", question["items"])
    rename_choice_keys(question["keys"], arrangement, "items")
    for key in question["keys"]:
        for name in ("early", "late"):
            key[name] = {arrangement.id("items", item_id): text for item_id, text in key.get(name, {}).items()}
