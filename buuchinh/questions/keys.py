"""Keys: what is right, from when to when, on what basis, and what is told for each choice.

Law moves, so a question has one key or more, each with the days on which it holds.
The questions that carry them are in ``authored.py``.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from buuchinh.messages import say
from buuchinh.questions.model import Id, Strict, Text

Reference = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][\w.\-]*(/[\w.,\- ]+)?(@\d{4}-\d{2}-\d{2})?$")]
Finite = Annotated[float, Field(allow_inf_nan=False)]


class Key(Strict):
    """When a key holds (``from`` included, ``to`` not) and what it rests on."""

    from_: date | None = Field(default=None, alias="from")
    to: date | None = None
    provisions: tuple[Reference, ...] = ()
    sources: tuple[Reference, ...] = Field(default=(), description="Ids of facts or sources in datasets/statistics.")

    @model_validator(mode="after")
    def _dated_and_founded(self) -> Self:
        if self.from_ and self.to and self.from_ >= self.to:
            raise ValueError(say("questions.from_after_to"))
        if not self.provisions and not self.sources:
            raise ValueError(say("questions.no_basis"))
        return self

    def holds(self, day: date) -> bool:
        """Whether this key is the one in force on ``day``."""
        return (self.from_ is None or self.from_ <= day) and (self.to is None or day < self.to)


class SingleKey(Key):
    """The right option, and a word on each option."""

    correct: Id
    feedback: dict[Id, Text]


class MultipleKey(Key):
    """The right options, and a word on each option."""

    correct: tuple[Id, ...] = Field(min_length=1)
    feedback: dict[Id, Text]


class Verdict(Strict):
    """What is said when the whole answer is right, and when it is not."""

    right: Text
    wrong: Text


class NumberMistake(Strict):
    """A value that a typical slip gives, and what to say to it."""

    value: Finite
    tolerance: Finite = 0
    feedback: Text


class NumericKey(Key):
    """The right number; ``relative`` makes ``tolerance`` a share of it (0.01 is one per cent)."""

    correct: Finite
    tolerance: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 0
    relative: bool = False
    feedback: Verdict
    mistakes: tuple[NumberMistake, ...] = ()


class OrderingKey(Key):
    """The items in their right order, and why each stands where it does."""

    correct: tuple[Id, ...]
    feedback: dict[Id, Text]


class MatchingKey(Key):
    """The right partner of each entry on the left, and why."""

    correct: dict[Id, Id]
    feedback: dict[Id, Text]


class TextMistake(Strict):
    """Words that a typical slip gives, and what to say to them."""

    text: Text
    feedback: Text


class TextKey(Key):
    """Accepted wordings, or (for a person who grades) a rubric and an answer at full marks."""

    correct: tuple[Text, ...] = ()
    feedback: Verdict | None = None
    mistakes: tuple[TextMistake, ...] = ()
    rubric: Text | None = None
    model_answer: Text | None = None


class Ending(Strict):
    """What an end means: safe, people in danger, something lacking, a violation; the way back from a bad one."""

    kind: Literal["safe", "danger", "lacking", "violation"]
    back_to: Id | None = None
    feedback: Text

    @model_validator(mode="after")
    def _bad_ends_show_the_way_back(self) -> Self:
        if self.kind != "safe" and not self.back_to:
            raise ValueError(say("questions.no_way_back"))
        return self


class ScenarioKey(Key):
    """Points and a word for each choice (node id, then choice id), and what each end means."""

    correct: dict[Id, dict[Id, Annotated[float, Field(ge=0, allow_inf_nan=False)]]]
    feedback: dict[Id, dict[Id, Text]]
    ends: dict[Id, Ending]


class CodeMistake(Strict):
    """A value that a typical slip in code gives, and what to say to it."""

    value_id: str
    value: Any
    tolerance: Finite = 0
    feedback: Text


class CodeKey(Key):
    """The right value of each name; ``tolerance`` as in ``NumericKey``, for numbers inside lists and tables too."""

    correct: dict[str, Any]
    tolerance: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 0
    relative: bool = False
    weights: dict[str, Annotated[float, Field(gt=0, allow_inf_nan=False)]] = {}
    row_order: bool = Field(default=False, description="The order of a table's rows counts.")
    feedback: Verdict
    mistakes: tuple[CodeMistake, ...] = ()
