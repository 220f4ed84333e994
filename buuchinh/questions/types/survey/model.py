"""Shapes of ``survey``: the public one and the author's; there is no key."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from buuchinh.questions.asked import Asked, Option, distinct
from buuchinh.questions.dated_keys import Notes


class Survey(Asked):
    """An opinion, never scored. Answer: an option's id, or free text where there are no options."""

    type: Literal["survey"]
    options: tuple[Option, ...] = Field(default=(), max_length=8)
    lines: int = Field(default=3, ge=1, le=20)

    @model_validator(mode="after")
    def _options_differ(self) -> Self:
        distinct(self.options)
        return self


class SurveyQuestion(Survey, Notes):
    """An opinion; nothing to score."""

    comes_back: bool = Field(
        default=False, description="The answer is what one will do: packs of the follow-up read it back."
    )
