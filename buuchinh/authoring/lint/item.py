"""Give lint rules access to a question's options, feedback and text, each with its place in the author's file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from buuchinh.authoring.foundations import Foundation, foundations, keyed, place_of
from buuchinh.questions import question_bank, types
from buuchinh.questions.authored import AuthoredQuestion, QuestionFile
from buuchinh.questions.keys import PARTS, Parted, whole
from buuchinh.questions.offers import Offer, Steps
from buuchinh.yaml_lines import line_of

Bank = Literal["practice", "graded", "exam"]
_READ = frozenset({"stem", "title", "text", "feedback", "right", "wrong"})
"""Fields of any question that trainees read; a question type may add more."""


@dataclass(frozen=True)
class ItemFault:
    """One fault found by a rule: its place in the file, the values for the rule's message, and its severity."""

    steps: Steps
    values: Mapping[str, object] = field(default_factory=dict)
    level: Literal["error", "warning"] = "error"


@dataclass(frozen=True)
class Passage:
    """Some text that trainees read, with its place in the file."""

    steps: Steps
    text: str


@dataclass(frozen=True)
class Item:
    """A question, or one variant of it, with the display path and parsed data of its file."""

    path: str
    bank: Bank
    seed: str
    question: AuthoredQuestion
    data: Any
    founded: tuple[Foundation, ...]

    @property
    def id(self) -> str:
        """The question's id."""
        return self.question.id

    @cached_property
    def place(self) -> Steps:
        """The mapping key and 0-based index that lead to the question in the file."""
        return place_of(self.data, self.question)

    @property
    def written(self) -> Any:
        """The question's entry in the file, which all variants of the question share."""
        section, number = self.place
        return self.data[section][number]

    def end_text(self, name: str) -> str:
        """Return the text shown at the scenario's end called ``name``."""
        question: Any = self.question
        return str(question.ends[name].text)

    def line(self, steps: Steps) -> int:
        """Return the line number in the file of the node to which ``steps`` lead from the root."""
        return line_of(self.data, steps)

    def offers(self) -> Iterator[Offer]:
        """Yield each set of options under each answer key, including the choices at a scenario's nodes."""
        for _, part, steps in keyed(self.question):
            for key in part.keys:
                for offer in types.type_of(part).offers(part, key):
                    yield offer.under((*self.place, *steps))

    @cached_property
    def feedback(self) -> tuple[tuple[Foundation, tuple[Passage, ...]], ...]:
        """Each answer key together with its feedback."""
        dumped = ((foundation, foundation.key.model_dump(mode="json", by_alias=True)) for foundation in self.founded)
        return tuple((foundation, tuple(_feedback(key, foundation.steps))) for foundation, key in dumped)

    @cached_property
    def texts(self) -> tuple[Passage, ...]:
        """All text that trainees read, including feedback."""
        shown = self.question.model_dump(mode="json", by_alias=True, exclude={"keys", "lint_ok"})
        parts = [part for part, _ in types.parts(self.question)]
        read = _READ.union(*(types.type_of(part).read_fields for part in (self.question, *parts)))
        return (*_texts(shown, self.place, read), *(passage for _, passages in self.feedback for passage in passages))


def items(path: Path, file: QuestionFile) -> list[Item]:
    """Return an ``Item`` for each question in ``file``, which was read from ``path``."""
    data = question_bank.written(path)
    founded = foundations(path, file)
    bank: Bank = "graded" if path.name == "questions.yml" else "exam" if path.parent.name == "pool" else "practice"
    return [
        Item(
            path=question_bank.shown(path),
            bank=bank,
            seed=file.seed,
            question=question,
            data=data,
            founded=tuple(foundation for foundation in founded if foundation.question is question),
        )
        for question in file.questions
    ]


def _feedback(key: Mapping[str, Any], steps: Steps) -> Iterator[Passage]:
    for name in ("feedback", "chosen", "early", "late"):
        yield from _strings(key.get(name), (*steps, name))
    for number, slip in enumerate(key.get("mistakes", ())):
        yield from _strings(slip["feedback"], (*steps, "mistakes", number, "feedback"))
    for name, end in (key.get("ends") or {}).items():
        yield Passage((*steps, "ends", name, "feedback"), end["feedback"])


def _strings(node: Any, steps: Steps) -> Iterator[Passage]:
    if isinstance(node, str):
        yield Passage(steps, node)
    elif isinstance(node, Mapping) and node.keys() == set(PARTS):  # feedback in three fields
        yield Passage(steps, whole(Parted.model_validate(node)))
    elif isinstance(node, Mapping):
        for name, inner in node.items():
            yield from _strings(inner, (*steps, name))


def _texts(node: Any, steps: Steps, read: frozenset[str], *, within: bool = False) -> Iterator[Passage]:
    """Yield the strings in the fields named in ``read``, skipping ids, numbers and answers for the scorer.

    ``within`` says that ``node`` is the value of such a field, or an entry in that value, so that lists of strings are
    included.
    """
    if isinstance(node, str):
        if within:
            yield Passage(steps, node)
    elif isinstance(node, Mapping):
        for name, inner in node.items():
            if name != "keys":
                yield from _texts(inner, (*steps, name), read, within=name in read)
    elif isinstance(node, list):
        for number, inner in enumerate(node):
            yield from _texts(inner, (*steps, number), read, within=within)
