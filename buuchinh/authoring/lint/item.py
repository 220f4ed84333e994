"""One question as the rules look at it: what is offered, what is said, and on which line that stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from buuchinh.authoring.foundations import Foundation, foundations, keyed, place_of
from buuchinh.questions import bank
from buuchinh.questions.authored import (
    AuthoredQuestion,
    MultipleField,
    PictureQuestion,
    QuestionFile,
    ScenarioQuestion,
    SingleField,
)
from buuchinh.yaml_lines import line_of

Steps = tuple[int | str, ...]
Bank = Literal["practice", "graded", "exam"]
_READ = frozenset({"stem", "title", "text", "role", "label", "alt", "feedback", "right", "wrong"})
"""Fields whose words a trainee reads."""


@dataclass(frozen=True)
class Fault:
    """A rule that is broken: where in the file, and what the sentence about it is filled with."""

    steps: Steps
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Offer:
    """What is offered together, and which of it a key calls right; ``steps`` lead to the options in the file."""

    steps: Steps
    options: tuple[tuple[str, str], ...]
    right: frozenset[str]
    one: bool

    def texts(self, *, right: bool) -> list[str]:
        """Return the texts of what is right, or of all else."""
        return [text for name, text in self.options if (name in self.right) is right]


@dataclass(frozen=True)
class Said:
    """Words that a trainee reads, and where they stand in the file."""

    steps: Steps
    text: str


@dataclass(frozen=True)
class Item:
    """One question (a variant is one) with its file."""

    path: str
    bank: Bank
    seed: str
    question: AuthoredQuestion
    data: Any
    founded: tuple[Foundation, ...]

    @property
    def id(self) -> str:
        """The id of the question."""
        return self.question.id

    @cached_property
    def place(self) -> Steps:
        """The steps to the question in the file."""
        return place_of(self.data, self.question)

    @property
    def written(self) -> Any:
        """The question as its file has it, where variants are one entry."""
        section, number = self.place
        return self.data[section][number]

    def end_text(self, name: str) -> str:
        """Return what an end of a scenario tells."""
        return str(self.question.ends[name].text)  # type: ignore[union-attr]

    def line(self, steps: Steps) -> int:
        """Return the line of a place in the file, given from the root of the file."""
        return line_of(self.data, steps)

    def offers(self) -> Iterator[Offer]:
        """Yield what is offered: the options of each choice under each of its keys, the ways on from each node."""
        for _, part, steps in keyed(self.question):
            for key in part.keys:
                yield from _offers(part, key, (*self.place, *steps))

    def feedback(self) -> Iterator[tuple[Foundation, list[Said]]]:
        """Yield for each key what it says to the answers that it knows."""
        for found in self.founded:
            shown = found.key.model_dump(mode="json", by_alias=True)
            yield found, list(_feedback(shown, found.steps))

    def texts(self) -> Iterator[Said]:
        """Yield every text that a trainee reads, feedback included."""
        shown = self.question.model_dump(mode="json", by_alias=True, exclude={"keys", "lint_ok"})
        yield from _texts(shown, self.place)
        for _, said in self.feedback():
            yield from said


def items(path: Path, file: QuestionFile) -> list[Item]:
    """Return the questions of ``file``, which was read from ``path``."""
    data = bank.written(path)
    founded = foundations(path, file)
    where: Bank = "graded" if path.name == "questions.yml" else "exam" if path.parent.name == "pool" else "practice"
    return [
        Item(
            path=bank.shown(path),
            bank=where,
            seed=file.seed,
            question=question,
            data=data,
            founded=tuple(one for one in founded if one.question is question),
        )
        for question in file.questions
    ]


def _offers(part: Any, key: Any, steps: Steps) -> Iterator[Offer]:
    if isinstance(part, SingleField | MultipleField | PictureQuestion):
        right = frozenset({key.correct} if isinstance(key.correct, str) else key.correct)
        options = tuple((option.id, option.text) for option in part.options)
        yield Offer((*steps, "options"), options, right, one=isinstance(part, SingleField))
    elif isinstance(part, ScenarioQuestion):
        for name, node in part.nodes.items():
            worth = key.correct[name]
            right = frozenset(choice for choice, points in worth.items() if points == max(worth.values()))
            choices = tuple((choice.id, choice.text) for choice in node.choices)
            yield Offer((*steps, "nodes", name, "choices"), choices, right, one=len(right) == 1)


def _feedback(key: Mapping[str, Any], steps: Steps) -> Iterator[Said]:
    yield from _strings(key.get("feedback"), (*steps, "feedback"))
    for number, slip in enumerate(key.get("mistakes", ())):
        yield Said((*steps, "mistakes", number, "feedback"), slip["feedback"])
    for name, end in (key.get("ends") or {}).items():
        yield Said((*steps, "ends", name, "feedback"), end["feedback"])


def _strings(node: Any, steps: Steps) -> Iterator[Said]:
    if isinstance(node, str):
        yield Said(steps, node)
    elif isinstance(node, Mapping):
        for name, inner in node.items():
            yield from _strings(inner, (*steps, name))


def _texts(node: Any, steps: Steps) -> Iterator[Said]:
    """Yield texts by the names of their fields; ids, numbers and what the scorer compares are not read by anybody."""
    if isinstance(node, Mapping):
        for name, inner in node.items():
            if isinstance(inner, str):
                if name in _READ:
                    yield Said((*steps, name), inner)
            elif name != "keys":
                yield from _texts(inner, (*steps, name))
    elif isinstance(node, list):
        for number, inner in enumerate(node):
            yield from _texts(inner, (*steps, number))
