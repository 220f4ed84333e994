"""The single choices of the course, with their options in the order of the released version."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from buuchinh import course
from buuchinh.questions import question_bank
from buuchinh.questions.authored import AuthoredQuestion, QuestionFile, asked_as
from buuchinh.questions.publish import shuffle
from buuchinh.questions.types.single.model import SingleQuestion

Group = Literal["practice", "graded", "pool"]
"""Practice questions are in lessons with their keys, graded ones in exercises; exams are drawn from the pool."""


@dataclass(frozen=True)
class SingleChoice:
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
    return {"practice": list(question_bank.practice_files()), "graded": graded, "pool": course.pool_paths()}


def asked(group: Group) -> Iterator[tuple[str, float, AuthoredQuestion]]:
    """Yield the bank's name, the points of the whole file and each question of a group, variants included.

    Retired questions are left out.
    """
    for path in paths()[group]:
        file = question_bank.load(path)
        name = path.parent.name if group == "graded" else path.stem
        for question in file.questions:
            if not question.retired:
                yield name, _whole(file), shuffle(question, file.seed)


def live(group: Group) -> Iterator[AuthoredQuestion]:
    """Yield each question of a group in the author's order, variants included; retired ones are left out."""
    for path in paths()[group]:
        yield from (question for question in question_bank.load(path).questions if not question.retired)


def choices(group: Group) -> list[SingleChoice]:
    """Return the single choices of a group, each variant as one choice, under the first of its keys."""
    converted = (_choice(group, name, question) for name, _, question in asked(group))
    return [choice for choice in converted if choice]


def forms() -> Iterator[tuple[str, float, list[SingleChoice]]]:
    """Yield each test form of each drawn exam (``thinv2 a``) with its points and its single choices, as released."""
    for path in sorted((course.root() / course.SOURCE).glob(f"*/{course.FORMS}/*.yml")):
        file = question_bank.load(path)
        name = f"{file.unit} {path.stem}"
        converted = (_choice("pool", name, shuffle(question, file.seed)) for question in file.questions)
        yield name, _whole(file), [choice for choice in converted if choice]


def _whole(file: QuestionFile) -> float:
    """Return the points of a file; variants of one question are asked once."""
    return sum({asked_as(question): question.points for question in file.questions}.values())


def _choice(group: Group, name: str, question: AuthoredQuestion) -> SingleChoice | None:
    if not isinstance(question, SingleQuestion):
        return None
    right = [option.id for option in question.options].index(question.keys[0].correct)
    texts = tuple(option.text for option in question.options)
    return SingleChoice(group, name, question.id, asked_as(question), question.stem, texts, right, question.points)


def shares(items: Sequence[SingleChoice], hits: Sequence[bool]) -> dict[str, float]:
    """Return the share of hits of each family: a question with three variants weighs as much as any other."""
    by_family: dict[str, list[bool]] = {}
    for item, hit in zip(items, hits, strict=True):
        by_family.setdefault(item.family, []).append(hit)
    return {family: sum(hits_of) / len(hits_of) for family, hits_of in by_family.items()}
