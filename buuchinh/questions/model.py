"""What a question is to the person who answers it: the public shape, without any key.

No field here can hold a key, and unknown fields are refused: a file that validates
against this shape cannot carry one. The author's shape in ``keys.py`` adds the keys.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from buuchinh import course
from buuchinh.messages import say
from buuchinh.questions import pictures
from buuchinh.text import fold, nfc

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1), AfterValidator(nfc)]


class Strict(BaseModel):
    """A part of a question: unknown fields are refused, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Option(Strict):
    """One thing to choose, to put in order or to match. ``id`` is stable; the text may be reworded."""

    id: Id
    text: Text


class Asked(Strict):
    """What all questions have. ``points`` is the weight of the question (or of a field within its form)."""

    id: Id
    title: Text | None = None
    stem: Text
    points: float = Field(default=1, ge=0, le=100, allow_inf_nan=False)
    objective: Id | None = None
    critical: bool = Field(default=False, description="Must be right whatever the total is.")
    as_of: date | None = Field(default=None, description="The day whose law the question asks about.")


class Choosing(Asked):
    """A question with options of which one or several are chosen."""

    options: tuple[Option, ...] = Field(min_length=2, max_length=8)

    @model_validator(mode="after")
    def _options_differ(self) -> Self:
        distinct(self.options)
        return self


class Single(Choosing):
    """One option is right. Answer: its id."""

    type: Literal["single"]


class Several(Choosing):
    """A question of which several options may be right. Answer: a list of ids."""

    all_or_nothing: bool = False


class Multiple(Several):
    """Several of a list."""

    type: Literal["multiple"]


class Picture(Several):
    """Several regions of a drawing; each option is a region, named in words too.

    ``svg`` is the drawing itself (``pictures.py`` says what it may hold), ``alt`` what it shows, told neutrally.
    """

    type: Literal["picture"]
    svg: str
    alt: Text

    @model_validator(mode="after")
    def _regions_are_drawn(self) -> Self:
        faults = pictures.faults(self.svg, (option.id for option in self.options))
        if faults:
            raise ValueError("; ".join(faults))
        return self


class Numeric(Asked):
    """A number. Answer: what was typed (text, read by ``text.parse_number``) or a JSON number."""

    type: Literal["numeric"]
    unit: Text | None = Field(default=None, description="Shown behind the box and accepted when typed.")
    units: tuple[Text, ...] = Field(default=(), description="Other ways to write the unit.")
    minimum: float | None = Field(default=None, description="Smallest plausible value, told to the trainee.")
    maximum: float | None = Field(default=None, description="Largest plausible value, told to the trainee.")


class Ordering(Asked):
    """Items to put in order. Answer: the list of all their ids, first to last."""

    type: Literal["ordering"]
    items: tuple[Option, ...] = Field(min_length=3, max_length=9)

    @model_validator(mode="after")
    def _items_differ(self) -> Self:
        distinct(self.items)
        return self


class Matching(Asked):
    """Pairs to find; an entry on the right may serve several times or never. Answer: ``{left: right}``."""

    type: Literal["matching"]
    left: tuple[Option, ...] = Field(min_length=2, max_length=10)
    right: tuple[Option, ...] = Field(min_length=2, max_length=10)

    @model_validator(mode="after")
    def _sides_differ(self) -> Self:
        distinct(self.left)
        distinct(self.right)
        return self


class TextEntry(Asked):
    """Words to write. Answer: the text. ``manual``: a person grades it, by a rubric.

    ``task``: a person grades the words together with what the trainee did in the cells around
    them; in the notebook that is what nbgrader calls a manually graded task.
    """

    type: Literal["text"]
    lines: int = Field(default=1, ge=1, le=20)
    marks: bool = Field(default=False, description="Tone marks, vowel signs and đ count.")
    manual: bool = False
    task: bool = Field(default=False, description="Graded by a person together with the cells around it.")


class Choice(Strict):
    """One way on from a node of a scenario; ``next`` is a node or an end."""

    id: Id
    text: Text
    next: Id


class Node(Strict):
    """A moment in which to decide."""

    text: Text
    choices: tuple[Choice, ...] = Field(min_length=2, max_length=4)

    @model_validator(mode="after")
    def _choices_differ(self) -> Self:
        distinct(self.choices)
        return self


class End(Strict):
    """How a path ends, told without a verdict."""

    text: Text


class Scenario(Asked):
    """A decision graph. Answer: the steps in the order taken, ``[{"node": …, "choice": …}, …]``."""

    type: Literal["scenario"]
    role: Text
    start: Id
    nodes: dict[Id, Node]
    ends: dict[Id, End]

    @model_validator(mode="after")
    def _graph_is_whole(self) -> Self:
        faults = graph_faults(self)
        if faults:
            raise ValueError("; ".join(faults))
        return self


SimpleField = Annotated[Single | Multiple | Numeric | Ordering | Matching | TextEntry, Field(discriminator="type")]


class Form(Asked):
    """Several small questions on one sheet; ``points`` of a field is its weight. Answer: ``{field id: answer}``."""

    type: Literal["form"]
    fields: tuple[SimpleField, ...] = Field(min_length=2, max_length=20)

    @model_validator(mode="after")
    def _fields_differ(self) -> Self:
        unique("id", (field.id for field in self.fields))
        if any(isinstance(field, TextEntry) and field.manual for field in self.fields):
            raise ValueError(say("questions.manual_in_form"))
        return self


class Value(Strict):
    """One value that a code exercise hands in, with what can be checked without the key."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
    label: Text
    kind: Literal["number", "integer", "text", "list", "table"]
    minimum: float | None = None
    maximum: float | None = None
    columns: tuple[Text, ...] = Field(default=(), description="Column names of a table, in any order.")
    unit: Text | None = None


class Code(Asked):
    """Values computed in code. Answer: ``{value id: value}``; a table is ``{"columns": […], "rows": [[…]]}``."""

    type: Literal["code"]
    values: tuple[Value, ...] = Field(min_length=1, max_length=8)

    @model_validator(mode="after")
    def _values_differ(self) -> Self:
        unique("id", (value.id for value in self.values))
        return self


class Survey(Asked):
    """An opinion, never scored. Answer: an option's id, or free text where there are no options."""

    type: Literal["survey"]
    options: tuple[Option, ...] = Field(default=(), max_length=8)
    lines: int = Field(default=3, ge=1, le=20)

    @model_validator(mode="after")
    def _options_differ(self) -> Self:
        distinct(self.options)
        return self


Question = Annotated[
    Single | Multiple | Picture | Numeric | Ordering | Matching | TextEntry | Scenario | Form | Code | Survey,
    Field(discriminator="type"),
]


class QuestionSheet(Strict):
    """The public file of one exercise: what a trainee is given beside the notebook."""

    unit: Id
    version: course.Version
    title: Text
    questions: tuple[Question, ...]

    @model_validator(mode="after")
    def _ids_differ(self) -> Self:
        unique("id", (question.id for question in self.questions))
        return self


def unique(what: str, values: Iterable[str]) -> None:
    """Raise ``ValueError`` naming each value that stands twice."""
    seen: set[str] = set()
    twice = [value for value in values if value in seen or seen.add(value)]  # type: ignore[func-returns-value]  # set.add in a test is the idiom
    if twice:
        raise ValueError(say("questions.twice", what=what, values=", ".join(sorted(set(twice)))))


def distinct(options: Iterable[Option | Choice]) -> None:
    """Raise ``ValueError`` where two options share an id or read the same."""
    options = list(options)
    unique("id", (option.id for option in options))
    unique("text", (fold(option.text, marks=True) for option in options))


def graph_faults(scenario: Scenario) -> list[str]:
    """Say what keeps a decision graph from being walked: a missing target, a lost node, a path without an end."""
    faults = [
        say("questions.no_target", node=name, choice=choice.id, target=choice.next)
        for name, node in scenario.nodes.items()
        for choice in node.choices
        if choice.next not in scenario.nodes and choice.next not in scenario.ends
    ]
    if scenario.start not in scenario.nodes:
        faults.append(say("questions.no_start", start=scenario.start))
    both = sorted(scenario.nodes.keys() & scenario.ends.keys())
    if both:
        faults.append(say("questions.twice", what="id", values=", ".join(both)))
    if faults:
        return faults
    targets = {name: {choice.next for choice in node.choices} for name, node in scenario.nodes.items()}
    reached = {scenario.start}
    waiting = [scenario.start]
    while waiting:
        for target in targets.get(waiting.pop(), ()):
            if target not in reached:
                reached.add(target)
                waiting.append(target)
    faults += [
        say("questions.unreachable", name=name) for name in [*scenario.nodes, *scenario.ends] if name not in reached
    ]
    finished: set[str] = set(scenario.ends)
    remaining = dict(targets)
    while ready := [name for name, nexts in remaining.items() if nexts <= finished]:
        for name in ready:
            finished.add(name)
            del remaining[name]
    return faults + [say("questions.loop", name=name) for name in remaining]
