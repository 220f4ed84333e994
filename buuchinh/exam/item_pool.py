"""Load the closed pool of exam items, which no lesson shows, no bundle contains and nbgrader never lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from buuchinh import course
from buuchinh.errors import KitError, Problem
from buuchinh.files import read_text
from buuchinh.messages import say
from buuchinh.questions import likeness, question_bank, types
from buuchinh.questions.authored import AuthoredQuestion, QuestionFile, asked_as

_UNIT = re.compile(r"x\d{2}")


@dataclass(frozen=True)
class PoolItem:
    """One item of the pool; ``as_of`` is the day whose law the item asks about."""

    question: AuthoredQuestion
    as_of: date
    path: Path

    @property
    def id(self) -> str:
        """The item's id, such as ``x02-q05``."""
        return self.question.id

    @property
    def family(self) -> str:
        """The id that the author wrote, which all variants of one question share."""
        return asked_as(self.question)


def load() -> list[PoolItem]:
    """Return all items of the pool; raise ``KitError`` with every fault in every file."""
    items: list[PoolItem] = []
    problems: list[Problem] = []
    for path in course.pool_paths():
        try:
            file = question_bank.load(path)
        except KitError as error:
            problems += error.problems
            continue
        faults = list(_faults(path, file))
        problems += faults
        if not faults:
            assert file.as_of
            items += [PoolItem(question, question.as_of or file.as_of, path) for question in file.questions]
    if problems:
        raise KitError(problems)
    return items


def resembling(open_questions: list[AuthoredQuestion], items: list[PoolItem]) -> Iterator[Problem]:
    """Yield a warning for each pair of a pool item and an open question that the item quotes."""
    for number, names in likeness.quoted([item.question for item in items], open_questions).items():
        for name in names:
            words = say("exam.resembles", id=items[number].id, other=name)
            yield Problem(
                question_bank.shown(items[number].path), 0, words, say("exam.resembles_way_out"), level="warning"
            )


def _faults(path: Path, file: QuestionFile) -> Iterator[Problem]:
    shown = question_bank.shown(path)
    lines = read_text(path).splitlines()

    def line_of(name: str) -> int:
        written = re.compile(rf"\s*(- )?id: *['\"]?{re.escape(name)}\b")
        return next((number for number, line in enumerate(lines, 1) if written.match(line)), 0)

    if file.unit != path.stem or not _UNIT.fullmatch(file.unit):
        yield Problem(shown, 1, say("exam.pool_unit", unit=file.unit, name=path.stem))
    if file.as_of is None:
        yield Problem(shown, 1, say("exam.pool_as_of"))
    for question in file.questions:
        found = list(_faults_of(question, path.stem))
        line = line_of(question.variant_of or question.id) if found else 0
        yield from (Problem(shown, line, words) for words in found)


def _faults_of(question: AuthoredQuestion, unit: str) -> Iterator[str]:
    """Yield in words what keeps a question out of the pool."""
    if not re.fullmatch(rf"{unit}-q\d{{2,3}}", asked_as(question)):
        yield say("exam.pool_id", id=question.id, unit=unit)
    if not types.type_of(question).may_stand_in_exam:
        allowed = ", ".join(kind.name for kind in types.every() if kind.may_stand_in_exam)
        yield say("exam.pool_type", id=question.id, type=question.type, types=allowed)
    if question.objective is None:
        yield say("exam.pool_objective", id=question.id)
