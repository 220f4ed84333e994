"""Publish questions without keys, with opaque ids and in an order fixed by a seed.

Without the seed, nobody can relate an opaque id to the author's id, and the same release always gives the same ids
(``arrangement.py``). The scorer obscures the authored question in the same way, so answers need no translation.
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
    """Return ``question``, keys included, with opaque option ids and in the order that ``seed`` fixes."""
    return _AUTHORED.validate_python(_rearranged(_plain(question), seed, rename=True))


def shuffle(question: AuthoredQuestion, seed: str) -> AuthoredQuestion:
    """Return ``question`` in the order that ``seed`` fixes but with the author's ids, as shown in practice."""
    return _AUTHORED.validate_python(_rearranged(_plain(question), seed, rename=False))


def publish(question: AuthoredQuestion, seed: str) -> Question:
    """Return the published question: obscured, and without keys and notes."""
    return _PUBLIC.validate_python(_without_keys(_rearranged(_plain(question), seed, rename=True)))


def sheet(file: QuestionFile) -> QuestionSheet:
    """Return the published questions of an exercise from its author's file."""
    questions = tuple(publish(question, file.seed) for question in file.questions)
    return QuestionSheet(unit=file.unit, version=file.version, title=file.title, questions=questions)


def public_json(question: Question) -> dict[str, Any]:
    """Return a published question as the JSON that is released and displayed."""
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
    """Return the question with its options ordered by token and, if ``rename`` is true, tokens in place of ids."""
    return _in_place(question, Arrangement(seed, question.get("arranged_as") or question["id"], rename))


def _in_place(question: dict[str, Any], arrangement: Arrangement) -> dict[str, Any]:
    kind = types.type_of(question)
    kind.rearrange(question, arrangement)
    for field in question[kind.inner] if kind.inner else ():
        _in_place(field, arrangement.within(field["id"]))
    return question
