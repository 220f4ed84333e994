"""Define the base models of published questions, which have no field for an answer key.

Unknown fields are rejected, so a file that validates as published questions cannot contain an answer key.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Protocol, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from buuchinh.messages import say
from buuchinh.questions.patterns import Matching
from buuchinh.text import fold, nfc

Id = Annotated[str, StringConstraints(max_length=64), Matching(r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1), AfterValidator(nfc)]


class Named(Protocol):
    """Anything that can be chosen by id and has text: an option, a choice in a scenario, a passage of a document."""

    @property
    def id(self) -> str:
        """The id, which stays the same when the text is reworded."""

    @property
    def text(self) -> str:
        """The text shown to trainees."""


class Strict(BaseModel):
    """A part of a question, which is immutable and refuses unknown fields."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Option(Strict):
    """Something to choose, to put in order or to match. ``id`` is stable; the text may be reworded."""

    id: Id
    text: Text


class Asked(Strict):
    """The fields common to all questions. ``points`` is the weight of the question (or of a field within its form)."""

    id: Id
    title: Text | None = None
    stem: Text
    points: float = Field(default=1, ge=0, le=100, allow_inf_nan=False)
    objective: Id | None = None
    critical: bool = Field(default=False, description="Must be right whatever the total is.")
    as_of: date | None = Field(default=None, description="The day whose law the question asks about.")


class Choosing(Asked):
    """A question with options, of which one or several are to be chosen."""

    options: tuple[Option, ...] = Field(min_length=2, max_length=8)

    @model_validator(mode="after")
    def _options_differ(self) -> Self:
        distinct(self.options)
        return self


def unique(what: str, values: Iterable[str]) -> None:
    """Raise ``ValueError`` if any value occurs more than once; the message lists all repeated values."""
    seen: set[str] = set()
    twice = [value for value in values if value in seen or seen.add(value)]  # type: ignore[func-returns-value]  # set.add in a test is the idiom
    if twice:
        raise ValueError(say("questions.twice", what=what, values=", ".join(sorted(set(twice)))))


def distinct(options: Iterable[Named]) -> None:
    """Raise ``ValueError`` if two options have the same id or the same text."""
    options = list(options)
    unique("id", ids(options))
    unique("text", (fold(option.text, marks=True) for option in options))


def ids(options: Iterable[Named]) -> list[str]:
    """Return the ids of ``options`` in order."""
    return [option.id for option in options]
