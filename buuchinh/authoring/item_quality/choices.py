"""The single choices of the course, each once, with their options in the order in which they are handed out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from buuchinh import course
from buuchinh.questions import bank
from buuchinh.questions.authored import AuthoredQuestion, asked_as
from buuchinh.questions.publish import shuffle
from buuchinh.questions.types.single.model import SingleQuestion

Group = Literal["practice", "graded", "pool"]
"""Practice lies in lessons with its keys, graded in exercises, the pool gives the forms of an exam."""


@dataclass(frozen=True)
class Choice:
    """A single choice: its bank (``l02``, ``bt05``, ``x03``), options as shown, the place of the right one, points.

    ``family`` is shared by the variants of one question.
    """

    group: Group
    bank: str
    id: str
    family: str
    stem: str
    options: tuple[str, ...]
    right: int
    points: float


def paths() -> dict[Group, list[Path]]:
    """Return the question files of each group."""
    graded = course.source_question_paths()
    return {"practice": list(bank.practice_files()), "graded": graded, "pool": course.pool_paths()}


def asked(group: Group) -> Iterator[tuple[str, float, AuthoredQuestion]]:
    """Yield the bank's name, the points of the whole file and each question of a group, variants included.

    What is retired is left out.
    """
    for path in paths()[group]:
        file = bank.load(path)
        name = path.parent.name if group == "graded" else path.stem
        whole = sum({asked_as(question): question.points for question in file.questions}.values())
        for question in file.questions:
            if not question.retired:
                yield name, whole, shuffle(question, file.seed)


def choices(group: Group) -> list[Choice]:
    """Return the single choices of a group, each variant as one, under the first of its keys."""
    found = []
    for name, _, question in asked(group):
        if isinstance(question, SingleQuestion):
            order = [option.id for option in question.options]
            texts = tuple(option.text for option in question.options)
            right = order.index(question.keys[0].correct)
            family = asked_as(question)
            found.append(Choice(group, name, question.id, family, question.stem, texts, right, question.points))
    return found


def shares(items: Sequence[Choice], hits: Sequence[bool]) -> dict[str, float]:
    """Return the share of hits of each family: a question with three variants weighs as much as any other."""
    of: dict[str, list[bool]] = {}
    for item, hit in zip(items, hits, strict=True):
        of.setdefault(item.family, []).append(hit)
    return {family: sum(found) / len(found) for family, found in of.items()}
