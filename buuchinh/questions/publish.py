"""Publish questions: remove answer keys and notes, make option ids opaque, and fix the order of options by a seed.

Without the seed, nobody can relate an opaque id to the author's id, and releasing the same questions again gives the
same ids (``arrangement.py``). The scorer obscures the authored question in the same way, so answers need no
translation.
"""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from buuchinh.questions import types
from buuchinh.questions.arrangement import Arrangement
from buuchinh.questions.authored import AuthoredQuestion, QuestionFile
from buuchinh.questions.dated_keys import NOTES
from buuchinh.questions.model import Question, QuestionSheet

_AUTHORED: TypeAdapter[AuthoredQuestion] = TypeAdapter(AuthoredQuestion)
_PUBLIC: TypeAdapter[Question] = TypeAdapter(Question)
_PRIVATE_FIELDS = NOTES | {"keys"}


def obscure(question: AuthoredQuestion, seed: str) -> AuthoredQuestion:
    """Return ``question`` and its keys with opaque option ids, in the option order that ``seed`` fixes."""
    return _AUTHORED.validate_python(_rearranged(_plain(question), seed, rename=True))


def shuffle(question: AuthoredQuestion, seed: str) -> AuthoredQuestion:
    """Return ``question`` in the option order that ``seed`` fixes, but with the author's ids, as practice shows it."""
    return _AUTHORED.validate_python(_rearranged(_plain(question), seed, rename=False))


def publish(question: AuthoredQuestion, seed: str) -> Question:
    """Return ``question`` as published: with opaque ids and without keys and notes."""
    return _PUBLIC.validate_python(_without_keys(_rearranged(_plain(question), seed, rename=True)))


def sheet(file: QuestionFile) -> QuestionSheet:
    """Return the published form of all questions in an author's file."""
    questions = tuple(publish(question, file.seed) for question in file.questions)
    return QuestionSheet(unit=file.unit, version=file.version, title=file.title, questions=questions)


def public_json(question: Question) -> dict[str, Any]:
    """Return the JSON form in which a published question is released and displayed."""
    return _PUBLIC.dump_python(question, mode="json", by_alias=True, exclude_defaults=True)  # type: ignore[no-any-return]  # TypeAdapter of a union dumps a dict


def _plain(question: AuthoredQuestion) -> dict[str, Any]:
    return question.model_dump(mode="json", by_alias=True)


def _without_keys(question: dict[str, Any]) -> dict[str, Any]:
    kind = types.type_of(question)
    public = {name: value for name, value in question.items() if name not in _PRIVATE_FIELDS | kind.authors_fields}
    if kind.inner:
        public[kind.inner] = [_without_keys(field) for field in question[kind.inner]]
    return public


def _rearranged(question: dict[str, Any], seed: str, *, rename: bool) -> dict[str, Any]:
    """Return ``question`` with its options in published order and, if ``rename`` is true, with opaque ids."""
    return _in_place(question, Arrangement(seed, question.get("arranged_as") or question["id"], rename))


def _in_place(question: dict[str, Any], arrangement: Arrangement) -> dict[str, Any]:
    kind = types.type_of(question)
    kind.rearrange(question, arrangement)
    for field in question[kind.inner] if kind.inner else ():
        _in_place(field, arrangement.within(field["id"]))
    return question
