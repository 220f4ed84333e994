"""Define the data models for ``numeric`` questions: published question, answer key and authored source."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from buuchinh.questions.asked import Asked, Strict, Text
from buuchinh.questions.dated_keys import Keyed, Notes
from buuchinh.questions.keys import Feedback, Finite, Key, Verdict


class Numeric(Asked):
    """A question about a number. Answer: the text as typed, parsed by ``text.parse_number``, or a JSON number."""

    type: Literal["numeric"]
    unit: Text | None = Field(default=None, description="Shown behind the box and accepted when typed.")
    units: tuple[Text, ...] = Field(default=(), description="Other ways to write the unit.")
    minimum: float | None = Field(default=None, description="Smallest plausible value, told to the trainee.")
    maximum: float | None = Field(default=None, description="Largest plausible value, told to the trainee.")


class NumberMistake(Strict):
    """A number that results from a typical slip, and the feedback on it."""

    value: Finite
    tolerance: Finite = 0
    feedback: Feedback


class NumericKey(Key):
    """The right number; if ``relative`` is true, ``tolerance`` is a share of it (0.01 is one per cent)."""

    correct: Finite
    tolerance: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 0
    relative: bool = False
    feedback: Verdict
    mistakes: tuple[NumberMistake, ...] = ()


class NumericField(Numeric, Keyed[NumericKey]):
    """A ``numeric`` question with its keys."""


class NumericQuestion(NumericField, Notes):
    """A standalone ``numeric`` question, with its keys and its author's notes."""
