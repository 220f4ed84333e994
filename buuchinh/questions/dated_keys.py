"""Define what authored questions of all types share: dated answer keys, the author's notes, and validation of keys."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Any, Generic, Literal, TypeVar

from pydantic import Field, field_validator

from buuchinh.messages import say
from buuchinh.questions.asked import Asked, Id, Strict, Text
from buuchinh.questions.keys import Key
from buuchinh.questions.patterns import Matching

K = TypeVar("K", bound=Key)
Sentence = Annotated[str, Matching(r"^s\d{2}$")]
Bloom = Literal["remember", "understand", "apply", "analyse", "evaluate", "create"]
ExamGroup = Literal["staff", "head", "officer"]
FOLDERS = "folders of files"
"""The key in pydantic's validation context for the folders that are searched for a question's files."""


if TYPE_CHECKING:

    class _Noted(Asked):
        """A base for type checkers: notes always belong to a question. At run time, the type orders the fields."""

        type: Any
else:
    _Noted = Strict


class Voice(Strict):
    """A person in the scene who says what to do; ``check --items`` counts how often such people are right."""

    who: Text
    points: Id | None = Field(default=None, description="The option that this person speaks for; none: no option.")
    tone: Literal["cautious", "light", "neutral"]


class Notes(_Noted):
    """The author's notes on a question, which are never published."""

    bloom: Bloom
    difficulty: float = Field(gt=0, lt=1, description="Guess of the share that will answer right (item difficulty).")
    intent: Text
    variant_of: Id | None = Field(default=None, description="Set when variants are made: the id that the author wrote.")
    arranged_as: Id | None = Field(
        default=None, description="Set when forms are made: the variant that gives order and opaque ids."
    )
    teaches: tuple[Sentence, ...] = Field(default=(), description="Sentences of the source that it teaches: s01, s02.")
    retired: bool = Field(
        default=False, description="An item of the pool that no new exam draws; earlier ones keep it."
    )
    exam_for: tuple[ExamGroup, ...] = Field(
        default=(),
        description="Whose exams may draw this item of the pool; empty: all whose blueprint asks for its objective.",
    )
    voice: Voice | None = Field(default=None, description="Who in the scene says what to do, and for which option.")
    taught: tuple[str, ...] = Field(
        default=(), description="Open cells of lessons that teach what it needs, as `l05/<cell id>`."
    )
    decision: Id | None = Field(
        default=None, description="The critical decision that it tests: of two such items one must be right."
    )
    lint_ok: dict[Id, Text] = Field(default={}, description="Rules of `check` that it may break, each with a reason.")


NOTES = frozenset(Notes.model_fields)
"""The names of the fields that hold the author's notes."""


class Keyed(Strict, Generic[K]):
    """A question with its keys, ordered by date; at most one of them is in force on any day."""

    keys: tuple[K, ...] = Field(min_length=1)

    @field_validator("keys")
    @classmethod
    def _one_key_a_day(cls, keys: tuple[K, ...]) -> tuple[K, ...]:
        ordered = sorted(keys, key=lambda key: key.from_ or date.min)
        for earlier, later in pairwise(ordered):
            if earlier.to is None or later.from_ is None or earlier.to > later.from_:
                raise ValueError(say("questions.keys_overlap"))
        return tuple(ordered)

    def key_on(self, day: date) -> K | None:
        """Return the key in force on ``day``, or None if there is no such key."""
        return next((key for key in self.keys if key.holds(day)), None)


def same(what: str, expected: Iterable[str], actual: Iterable[str]) -> None:
    """Raise ``ValueError`` if ``actual`` and ``expected`` are not the same set, listing missing and extra ids."""
    expected, actual = set(expected), set(actual)
    if expected != actual:
        missing = ", ".join(sorted(expected - actual)) or say("questions.nothing")
        extra = ", ".join(sorted(actual - expected)) or say("questions.nothing")
        raise ValueError(say("questions.ids_differ", what=what, missing=missing, extra=extra))


def known(options: Iterable[str], chosen: Iterable[str]) -> None:
    """Raise ``ValueError`` if any id in ``chosen`` is missing from ``options``."""
    options = set(options)
    for option_id in chosen:
        if option_id not in options:
            raise ValueError(say("questions.correct_not_option", id=option_id))
