"""Define the data models for ``matching`` questions: published question, answer key and authored source."""

from __future__ import annotations

from typing import Any, Literal, Self

from pydantic import Field, model_validator

from buuchinh.questions.arrangement import Arrangement
from buuchinh.questions.asked import Asked, Id, Option, distinct, ids
from buuchinh.questions.dated_keys import Keyed, Notes, known, same
from buuchinh.questions.keys import Feedback, Key
from buuchinh.questions.scored import is_empty


class Matching(Asked):
    """Pairs to find; an entry on the right may serve several times or never. Answer: ``{left: right}``."""

    type: Literal["matching"]
    left: tuple[Option, ...] = Field(min_length=2, max_length=10)
    right: tuple[Option, ...] = Field(min_length=2, max_length=10)

    @model_validator(mode="after")
    def _sides_differ(self) -> Self:
        distinct(self.left)
        distinct(self.right)
        return self


class MatchingKey(Key):
    """The right partner of each entry on the left, and the feedback on it."""

    correct: dict[Id, Id]
    feedback: dict[Id, Feedback]
    chosen: dict[Id, dict[Id, Feedback]] = Field(
        default={}, description="What is said of a wrong pair, in place of the feedback: left, then the right chosen."
    )


class MatchingField(Matching, Keyed[MatchingKey]):
    """Pairs to find, with their keys."""

    @model_validator(mode="after")
    def _keys_fit(self) -> Self:
        for key in self.keys:
            same("correct", ids(self.left), key.correct)
            known(ids(self.right), key.correct.values())
            same("feedback", ids(self.left), key.feedback)
            known(ids(self.left), key.chosen)
            for left, feedback in key.chosen.items():
                known([right for right in ids(self.right) if right != key.correct[left]], feedback)
        return self


class MatchingQuestion(MatchingField, Notes):
    """A standalone ``matching`` question, with its keys and its author's notes."""


def rearrange(question: dict[str, Any], arrangement: Arrangement) -> None:
    """Put both sides in published order and replace their ids by published ones, including those in the keys."""
    for side in ("left", "right"):
        question[side] = arrangement.ordered(side, question[side])
    for key in question["keys"]:
        key["correct"] = {
            arrangement.id("left", left): arrangement.id("right", right) for left, right in key["correct"].items()
        }
        key["feedback"] = {arrangement.id("left", left): text for left, text in key["feedback"].items()}
        key["chosen"] = {
            arrangement.id("left", left): {arrangement.id("right", right): text for right, text in feedback.items()}
            for left, feedback in key.get("chosen", {}).items()
        }


def left_open(question: Matching, answer: Any) -> bool:
    """Whether any entry on the left has not been paired yet."""
    return not isinstance(answer, dict) or any(is_empty(answer.get(left)) for left in ids(question.left))
