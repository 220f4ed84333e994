"""Define the data models for ``moment`` questions: published question, answer key and authored source."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, Self

from pydantic import Field, model_validator

from buuchinh.messages import say
from buuchinh.questions.asked import Asked, Strict, Text
from buuchinh.questions.dated_keys import Keyed, Notes
from buuchinh.questions.keys import Feedback, Key, Verdict

Asks = Literal["date", "time", "both"]
FORMATS: dict[Asks, str] = {"date": "%Y-%m-%d", "time": "%H:%M", "both": "%Y-%m-%dT%H:%M"}
"""The ``strftime`` format of the moment in an answer key, by what the question asks for."""


def _fits(value: str, form: str) -> bool:
    try:
        return datetime.strptime(value, form).strftime(form) == value  # noqa: DTZ007  # a clock on a wall has no zone
    except ValueError:
        return False


class Asking(Asked):
    """A question about a date, a time or both. Answer: the text as typed, parsed by ``reading.read``."""

    type: Literal["moment"]
    asks: Asks = Field(description="What is to be told: date, time or both.")


class MomentMistake(Strict):
    """A moment that results from a typical slip, and the feedback on it."""

    value: Text
    feedback: Feedback


class MomentKey(Key):
    """The right moment: ``"2026-11-24"``, ``"09:40"`` or ``"2026-11-24T09:40"``."""

    correct: Text
    feedback: Verdict
    mistakes: tuple[MomentMistake, ...] = ()


class MomentField(Asking, Keyed[MomentKey]):
    """A ``moment`` question with its keys."""

    @model_validator(mode="after")
    def _keys_fit(self) -> Self:
        for key in self.keys:
            for value in (key.correct, *(slip.value for slip in key.mistakes)):
                if not _fits(value, FORMATS[self.asks]):
                    raise ValueError(say("questions.no_moment", value=value))
        return self


class MomentQuestion(MomentField, Notes):
    """A standalone ``moment`` question, with its keys and its author's notes."""
