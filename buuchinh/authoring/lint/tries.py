"""Check the try-out questions in exercises: each part opens with one, and none resembles a graded question.

Try-out questions are ungraded, and trainees have their answer keys. An exercise's parts are the sections below its
second-level headings.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from buuchinh import course
from buuchinh.authoring.item_quality.copies import MOST
from buuchinh.authoring.lint.item import Item
from buuchinh.errors import KitError
from buuchinh.notebooks import asked_in_cell, source_of
from buuchinh.questions import question_bank
from buuchinh.questions.authored import QuestionFile, asked_as
from buuchinh.questions.likeness import common, words

_HEADING = "## "


@dataclass(frozen=True)
class Copy:
    """A try-out question and the graded question that it resembles.

    ``part`` says what was compared, "stem" or "options"; ``alike`` is the share of common words, from 0 to 1.
    """

    tried: Item
    graded: Item
    part: str
    alike: float


def copies(items: Sequence[Item]) -> Iterator[Copy]:
    """Yield each try-out question that shares too many words with a graded one, since trainees have its answer key."""
    tried = [item for item in items if course.is_try(course.unit_of(item.id))]
    graded = [(item, _parts(item)) for item in items if item.bank != "practice"] if tried else []
    for item in tried:
        for part, its in _parts(item).items():
            alike, other = max(
                ((common(its, parts[part]), question.id) for question, parts in graded), default=(0.0, "")
            )
            if alike > MOST:
                yield Copy(item, next(question for question, _ in graded if question.id == other), part, alike)


def _parts(item: Item) -> dict[str, frozenset[str]]:
    question: Any = item.question
    offered = (entry.text for name in ("options", "items", "left") for entry in getattr(question, name, ()))
    return {"stem": words(question.stem), "options": words(" ".join(offered))}


def names(unit: str) -> set[str]:
    """Return the ids of ``unit``'s try-out questions, or an empty set if their file is missing or unreadable."""
    path = course.try_path(unit)
    with suppress(KitError):
        return {asked_as(question) for question in question_bank.load(path).questions} if path else set()
    return set()


def not_opened(unit: str, file: QuestionFile, cells: Sequence[Any]) -> Iterator[tuple[str, str]]:
    """Yield ``(first graded question, objectives)`` for each part that does not open with a suitable try-out question.

    A part must begin with a try-out question on one of the part's objectives. Exercises without a file of try-out
    questions are exempt.
    """
    path = course.try_path(unit)
    if not path:
        return
    tried = {asked_as(question): question.objective for question in question_bank.load(path).questions}
    objectives = {asked_as(question): question.objective for question in file.questions}
    for asked in _by_part(cells):
        graded = [name for name in asked if name in objectives]
        wanted = {objectives[name] for name in graded}
        if graded and tried.get(asked[0]) not in wanted:
            yield graded[0], ", ".join(sorted(filter(None, wanted)))


def _by_part(cells: Sequence[Any]) -> list[list[str]]:
    """Return the ids of the questions asked in each part: before the first second-level heading, and below each one."""
    parts: list[list[str]] = [[]]
    for cell in cells:
        if cell["cell_type"] == "markdown" and source_of(cell).startswith(_HEADING):
            parts.append([])
        elif cell["cell_type"] == "code":
            parts[-1] += asked_in_cell(cell)
    return parts
