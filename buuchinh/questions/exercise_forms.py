"""Split an exercise whose questions have variants into test forms: form ``a`` asks variant ``a`` of each question.

As in an exam (``exam_forms``), all forms ask under the ids that the author wrote. No trainee meets two variants of the
same question, and neither the notebook nor the gradebook needs to know about variants. Each variant has its own opaque
option ids, so an answer to one variant is never taken for an answer to another. An exercise without variants has a
single form.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from buuchinh.errors import KitError, Problem
from buuchinh.messages import say
from buuchinh.parsed import FrozenDict
from buuchinh.questions import question_bank
from buuchinh.questions.authored import AuthoredQuestion, QuestionFile, asked_as
from buuchinh.questions.exam_forms import ONLY


def load(path: Path) -> Mapping[str, QuestionFile]:
    """Return the questions of an exercise file by test form; raise ``KitError`` with all problems in the file."""
    return FrozenDict(split(question_bank.load(path), path))


def split(file: QuestionFile, path: Path) -> dict[str, QuestionFile]:
    """Return the questions by test form; raise ``KitError`` if the questions do not all have the same variants."""
    variants: dict[str, list[str]] = {}
    for question in file.questions:
        if question.variant_of:
            variants.setdefault(question.variant_of, []).append(variant(question))
    if not variants:
        return {ONLY: file}
    first, names = next(iter(variants.items()))
    problems = [
        Problem(
            question_bank.shown(path),
            0,
            say("questions.forms.variants_differ", id=name, first=first, names=", ".join(names)),
        )
        for name, siblings in variants.items()
        if siblings != names
    ]
    if problems:
        raise KitError(problems)
    return {name: _form(file, name) for name in names}


def variant(question: AuthoredQuestion) -> str:
    """Return the name of a variant (``a`` for ``bt03-q01-a``), or "" if the question is not a variant."""
    return question.id.removeprefix(f"{question.variant_of}-") if question.variant_of else ""


def _form(file: QuestionFile, name: str) -> QuestionFile:
    questions = tuple(
        question.model_copy(update={"id": asked_as(question), "variant_of": None, "arranged_as": question.id})
        if question.variant_of
        else question
        for question in file.questions
        if variant(question) in {"", name}
    )
    return file.model_copy(update={"questions": questions})
