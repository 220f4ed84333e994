"""Read the course's single-choice questions, with their options in the order of the released version."""

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
"""A group of questions: practice questions in lessons, graded questions in exercises, or the confidential exam pool."""


@dataclass(frozen=True)
class SingleChoice:
    """A single-choice question with its options as trainees see them.

    ``bank`` is its unit (``l02``, ``bt05``, ``x03``), and ``right`` is the 0-based index of the right option.
    ``family`` is an id that all variants of one question share.
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
    """Map each group to the paths of its question files."""
    graded = course.source_question_paths()
    return {"practice": list(question_bank.practice_files()), "graded": graded, "pool": course.pool_paths()}


def asked(group: Group) -> Iterator[tuple[str, float, AuthoredQuestion]]:
    """Yield ``(bank, points of the whole bank, question)`` for each question of ``group``.

    Options are in the order of the released version. Variants are included, but retired questions are not.
    """
    for path in paths()[group]:
        file = question_bank.load(path)
        name = path.parent.name if group == "graded" else path.stem
        for question in file.questions:
            if not question.retired:
                yield name, _whole(file), shuffle(question, file.seed)


def live(group: Group) -> Iterator[AuthoredQuestion]:
    """Yield each question of ``group`` that is not retired, including variants, with options in the author's order."""
    for path in paths()[group]:
        yield from (question for question in question_bank.load(path).questions if not question.retired)


def choices(group: Group) -> list[SingleChoice]:
    """Return the single-choice questions of ``group``; each variant is separate, and the first answer key decides."""
    converted = (_choice(group, name, question) for name, _, question in asked(group))
    return [choice for choice in converted if choice]


def forms() -> Iterator[tuple[str, float, list[SingleChoice]]]:
    """Yield each exam form as ``(name, total points, single-choice questions)``; names are like ``thinv2 a``."""
    for path in sorted((course.root() / course.SOURCE).glob(f"*/{course.FORMS}/*.yml")):
        file = question_bank.load(path)
        name = f"{file.unit} {path.stem}"
        converted = (_choice("pool", name, shuffle(question, file.seed)) for question in file.questions)
        yield name, _whole(file), [choice for choice in converted if choice]


def _whole(file: QuestionFile) -> float:
    """Return the total points of a question file, counting only one variant of each question."""
    return sum({asked_as(question): question.points for question in file.questions}.values())


def _choice(group: Group, name: str, question: AuthoredQuestion) -> SingleChoice | None:
    if not isinstance(question, SingleQuestion):
        return None
    right = [option.id for option in question.options].index(question.keys[0].correct)
    texts = tuple(option.text for option in question.options)
    return SingleChoice(group, name, question.id, asked_as(question), question.stem, texts, right, question.points)


def shares(items: Sequence[SingleChoice], hits: Sequence[bool]) -> dict[str, float]:
    """Map each family to its share of hits (0 to 1), so that a question with many variants weighs as much as any other.

    ``hits`` says for each of ``items`` whether it is a hit.
    """
    by_family: dict[str, list[bool]] = {}
    for item, hit in zip(items, hits, strict=True):
        by_family.setdefault(item.family, []).append(hit)
    return {family: sum(hits_of) / len(hits_of) for family, hits_of in by_family.items()}
