"""Define the base model of answer keys: their period of validity, legal basis and feedback.

Since the law changes, a question has one or more keys, each valid in its own period. The fields of each question type's
key are defined in that type's folder; ``dated_keys.py`` attaches keys to questions.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Self

from pydantic import Discriminator, Field, Tag, model_validator

from buuchinh.messages import say
from buuchinh.questions.asked import Strict, Text
from buuchinh.questions.patterns import Matching

Reference = Annotated[str, Matching(r"^[A-Za-z0-9][\w.\-]*(/[\w.,\- ]+)?(@\d{4}-\d{2}-\d{2})?$")]
Finite = Annotated[float, Field(allow_inf_nan=False)]


class Key(Strict):
    """An answer key's period of validity (``from`` inclusive, ``to`` exclusive) and its legal basis."""

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
        """Whether this key is in force on ``day``."""
        return (self.from_ is None or self.from_ <= day) and (self.to is None or day < self.to)


class Parted(Strict):
    """Feedback divided into parts.

    ``text`` is the undivided feedback, which stands in for ``why`` until that is written.
    """

    text: Text | None = None
    believed: Text | None = Field(default=None, description="What one who chose this may have believed.")
    why: Text | None = Field(default=None, description="Why that is right, or is different here.")
    do: Text | None = Field(default=None, description="What to do next time; not told while one may choose again.")

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not (self.text or self.why):
            raise ValueError(say("questions.feedback_empty"))
        return self


SHAPES = ("feedback:text", "feedback:parted")
"""Tags that pydantic inserts into the location of a validation error; no question file contains them."""


def _shape(feedback: Any) -> str:
    return SHAPES[isinstance(feedback, Mapping | Parted)]


Feedback = Annotated[Annotated[Text, Tag(SHAPES[0])] | Annotated[Parted, Tag(SHAPES[1])], Discriminator(_shape)]
"""Feedback on an answer, either as one string or divided into parts."""
PARTS = tuple(Parted.model_fields)
"""The names of the parts into which feedback may be divided, in reading order."""


def whole(feedback: str | Parted) -> str:
    """Return feedback as one string; divided feedback without ``text`` is joined from its parts."""
    if isinstance(feedback, str):
        return feedback
    return feedback.text or " ".join(filter(None, (feedback.believed, feedback.why, feedback.do)))


class Verdict(Strict):
    """Feedback on a right answer and on a wrong one."""

    right: Feedback
    wrong: Feedback
