"""The author's shape of a question: the public one with its dated keys and the author's notes.

What a question and its keys must agree on is checked here: every option has its own
feedback, every key names only what there is to choose.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import pairwise
from typing import Annotated, Any, Generic, Literal, Self, TypeVar

from pydantic import Field, ValidationInfo, field_validator, model_validator

from buuchinh import course
from buuchinh.messages import say
from buuchinh.questions import model, pictures
from buuchinh.questions.keys import (
    CodeKey,
    Key,
    MatchingKey,
    MultipleKey,
    NumericKey,
    OrderingKey,
    ScenarioKey,
    SingleKey,
    TextKey,
)
from buuchinh.questions.model import Id, Strict, Text, unique

K = TypeVar("K", bound=Key)
Sentence = Annotated[str, Field(pattern=r"^s\d{2}$")]
Bloom = Literal["remember", "understand", "apply", "analyse", "evaluate", "create"]


class Notes(Strict):
    """What the author notes beside a question; no trainee is given it."""

    bloom: Bloom
    difficulty: float = Field(gt=0, lt=1, description="Guess of the share that will answer right (item difficulty).")
    intent: Text
    variant_of: Id | None = Field(default=None, description="Set when variants are made: the id that the author wrote.")
    teaches: tuple[Sentence, ...] = Field(default=(), description="Sentences of the source that it teaches: s01, s02.")
    lint_ok: dict[Id, Text] = Field(default={}, description="Rules of `check` that it may break, each with a reason.")


NOTES = frozenset(Notes.model_fields)
"""The fields of a question that are its author's notes."""
WITHHELD = NOTES | {"picture"}
"""What no trainee is given of a question, its answer keys aside: the notes, and the path of the drawing in ``svg``."""
FILLED_IN = frozenset({"svg", "variant_of"})
"""What reading fills in and no author writes: the drawing that ``picture`` names, the question of a variant."""


class Keyed(Strict, Generic[K]):
    """A question with its keys, in the order of their days; at most one holds on any day."""

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
        """Return the key in force on ``day``, or None where the author gave none for it."""
        return next((key for key in self.keys if key.holds(day)), None)


class SingleField(model.Single, Keyed[SingleKey]):
    """A single choice with its keys."""

    @model_validator(mode="after")
    def _keys_fit(self) -> Self:
        for key in self.keys:
            same("feedback", ids(self.options), key.feedback)
            known(ids(self.options), [key.correct])
        return self


class MultipleField(model.Multiple, Keyed[MultipleKey]):
    """A multiple choice with its keys."""

    @model_validator(mode="after")
    def _keys_fit(self) -> Self:
        several_keys_fit(self.options, self.keys)
        return self


class PictureQuestion(model.Picture, Keyed[MultipleKey], Notes):
    """Regions to choose in a drawing, with the keys. The author names the file; ``svg`` is read from it."""

    picture: str = Field(description="The SVG file: beside this file, or within lessons/ for practice.")
    svg: str = ""

    @model_validator(mode="before")
    @classmethod
    def _drawn(cls, data: Any, info: ValidationInfo) -> Any:
        folders = (info.context or {}).get(pictures.FOLDERS)
        if folders is None or not isinstance(data, Mapping) or not isinstance(data.get("picture"), str):
            return data
        return {**data, "svg": pictures.read(data["picture"], folders)}

    @model_validator(mode="after")
    def _keys_fit(self) -> Self:
        several_keys_fit(self.options, self.keys)
        return self


class NumericField(model.Numeric, Keyed[NumericKey]):
    """A number with its keys."""


class OrderingField(model.Ordering, Keyed[OrderingKey]):
    """Items to order, with their keys."""

    @model_validator(mode="after")
    def _keys_fit(self) -> Self:
        for key in self.keys:
            same("correct", ids(self.items), key.correct)
            unique("correct", key.correct)
            same("feedback", ids(self.items), key.feedback)
        return self


class MatchingField(model.Matching, Keyed[MatchingKey]):
    """Pairs to find, with their keys."""

    @model_validator(mode="after")
    def _keys_fit(self) -> Self:
        for key in self.keys:
            same("correct", ids(self.left), key.correct)
            known(ids(self.right), key.correct.values())
            same("feedback", ids(self.left), key.feedback)
        return self


class TextField(model.TextEntry, Keyed[TextKey]):
    """Words to write, with their keys."""

    @model_validator(mode="after")
    def _keys_fit(self) -> Self:
        if self.task and not self.manual:
            raise ValueError(say("questions.task_by_hand"))
        for key in self.keys:
            if self.manual and (key.correct or not key.rubric):
                raise ValueError(say("questions.manual_needs_rubric"))
            if not self.manual and not (key.correct and key.feedback):
                raise ValueError(say("questions.text_needs_correct"))
        return self


class SingleQuestion(SingleField, Notes):
    """As ``SingleField``, a question of its own."""


class MultipleQuestion(MultipleField, Notes):
    """As ``MultipleField``, a question of its own."""


class NumericQuestion(NumericField, Notes):
    """As ``NumericField``, a question of its own."""


class OrderingQuestion(OrderingField, Notes):
    """As ``OrderingField``, a question of its own."""


class MatchingQuestion(MatchingField, Notes):
    """As ``MatchingField``, a question of its own."""


class TextQuestion(TextField, Notes):
    """As ``TextField``, a question of its own."""


class ScenarioQuestion(model.Scenario, Keyed[ScenarioKey], Notes):
    """A decision graph with its keys."""

    @model_validator(mode="after")
    def _keys_fit(self) -> Self:
        for key in self.keys:
            for name, table in (("correct", key.correct), ("feedback", key.feedback)):
                same(name, self.nodes, table)
                for node, asked in self.nodes.items():
                    same(f"{name}.{node}", ids(asked.choices), table[node])
            same("ends", self.ends, key.ends)
            known(self.nodes, [end.back_to for end in key.ends.values() if end.back_to])
            points, end = best_path(self, key)
            if points <= 0:
                raise ValueError(say("questions.best_is_zero"))
            if key.ends[end].kind != "safe":
                raise ValueError(say("questions.safe_path"))
        return self


FormField = Annotated[
    SingleField | MultipleField | NumericField | OrderingField | MatchingField | TextField,
    Field(discriminator="type"),
]


class FormQuestion(model.Form, Notes):
    """A form whose fields carry the keys."""

    fields: tuple[FormField, ...] = Field(min_length=2, max_length=20)


class CodeQuestion(model.Code, Keyed[CodeKey], Notes):
    """Values to compute, with their keys."""

    @model_validator(mode="after")
    def _keys_fit(self) -> Self:
        names = [value.id for value in self.values]
        for key in self.keys:
            same("correct", names, key.correct)
            known(names, [*key.weights, *(mistake.value_id for mistake in key.mistakes)])
        return self


class SurveyQuestion(model.Survey, Notes):
    """An opinion; nothing to score."""


AuthoredQuestion = Annotated[
    SingleQuestion
    | MultipleQuestion
    | PictureQuestion
    | NumericQuestion
    | OrderingQuestion
    | MatchingQuestion
    | TextQuestion
    | ScenarioQuestion
    | FormQuestion
    | CodeQuestion
    | SurveyQuestion,
    Field(discriminator="type"),
]


class QuestionFile(Strict):
    """An author's file. ``seed`` fixes the order and the opaque ids of what is released; keep it for ever.

    ``as_of`` is the day whose law the whole file asks about: a released version keeps it,
    so a later review of the law changes no earlier score.
    """

    unit: Id
    version: course.Version
    title: Text
    seed: Text
    as_of: date | None = None
    questions: tuple[AuthoredQuestion, ...]

    @model_validator(mode="after")
    def _ids_differ(self) -> Self:
        unique("id", (question.id for question in self.questions))
        return self


def best_path(scenario: model.Scenario, key: ScenarioKey) -> tuple[float, str]:
    """Return the most points that a simple path can earn, and the end that it reaches."""

    def best_from(name: str) -> tuple[float, str]:
        if name in scenario.ends:
            return 0.0, name
        ways = []
        for choice in scenario.nodes[name].choices:
            points, end = best_from(choice.next)
            ways.append((key.correct[name][choice.id] + points, end))
        return max(ways, key=lambda way: way[0])

    return best_from(scenario.start)


def asked_as(question: AuthoredQuestion) -> str:
    """Return the id that a lesson names: of the question of which this is a variant, or its own."""
    return question.variant_of or question.id


def several_keys_fit(options: Iterable[model.Option], keys: Iterable[MultipleKey]) -> None:
    """Raise ``ValueError`` where a key lacks a word on an option or names what is no option."""
    names = ids(options)
    for key in keys:
        same("feedback", names, key.feedback)
        known(names, key.correct)
        unique("correct", key.correct)


def ids(options: Iterable[model.Option | model.Choice]) -> list[str]:
    """Return the ids of ``options`` in their order."""
    return [option.id for option in options]


def same(what: str, expected: Iterable[str], given: Iterable[str]) -> None:
    """Raise ``ValueError`` naming what ``given`` lacks and what it has too much."""
    expected, given = set(expected), set(given)
    if expected != given:
        missing = ", ".join(sorted(expected - given)) or say("questions.nothing")
        extra = ", ".join(sorted(given - expected)) or say("questions.nothing")
        raise ValueError(say("questions.ids_differ", what=what, missing=missing, extra=extra))


def known(options: Iterable[str], chosen: Iterable[str]) -> None:
    """Raise ``ValueError`` where a chosen id is no option."""
    options = set(options)
    for one in chosen:
        if one not in options:
            raise ValueError(say("questions.correct_not_option", id=one))
