"""The test forms of an exercise whose questions have variants: form ``a`` asks variant ``a`` of each.

All forms ask under the ids that the author wrote, as those of an exam do (``test_forms``), so no trainee meets two
variants of one question, and notebook and gradebook know nothing of them. What can be chosen in a variant has opaque
ids of its own: an answer to another variant is not taken for one to this. An exercise without variants has one form.
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
    """Return an author's file of an exercise by test form; raises ``KitError`` with all its faults."""
    return FrozenDict(split(question_bank.load(path), path))


def split(file: QuestionFile, path: Path) -> dict[str, QuestionFile]:
    """Return the questions of each form; raises ``KitError`` if questions have different sets of variants."""
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
    """Return the name of a variant, ``a`` of ``bt03-q01-a``, or "" for a question that is no variant."""
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
