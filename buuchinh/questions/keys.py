"""Answer keys: from when to when a key holds and on what it rests.

Law moves, so a question has one key or more, each with the days on which it holds. What a type's key holds
besides stands in the type's folder; ``keyed.py`` puts keys and questions together.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from buuchinh.messages import say
from buuchinh.questions.asked import Strict, Text

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


class Verdict(Strict):
    """What is said when the whole answer is right, and when it is not."""

    right: Text
    wrong: Text
