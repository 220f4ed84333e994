"""Define the data models for ``survey`` questions: published question and authored source, but no answer key."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from buuchinh.questions.asked import Asked, Option, distinct
from buuchinh.questions.dated_keys import Notes


class Survey(Asked):
    """A question about an opinion, never scored. Answer: the id of an option, or text if there are no options."""

    type: Literal["survey"]
    options: tuple[Option, ...] = Field(default=(), max_length=8)
    lines: int = Field(default=3, ge=1, le=20)

    @model_validator(mode="after")
    def _options_differ(self) -> Self:
        distinct(self.options)
        return self


class SurveyQuestion(Survey, Notes):
    """A question about an opinion, with its author's notes."""

    comes_back: bool = Field(
        default=False, description="The answer is what one will do: packs of the follow-up read it back."
    )
