"""Render answers to questions of any type as plain text.

Answer keys are not used, nor is the text of options that were not chosen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from buuchinh.questions import types
from buuchinh.questions.answer_lines import LONGEST, AnswerLine, written
from buuchinh.questions.authored import AuthoredQuestion


def lines(question: AuthoredQuestion, answer: Any, score: Mapping[str, Any]) -> list[AnswerLine]:
    """Return the lines that show ``answer`` with the feedback from its ``score`` (in JSON form)."""
    return types.type_of(question).render_answer(question, answer, score["remarks"], score["parts"])


def in_words(question: AuthoredQuestion | None, answer: Any) -> str:
    """Return an unscored answer as plain text, showing each chosen option by its text instead of its id."""
    return _in_words(answer, dict(_texts(question.model_dump())) if question else {})[:LONGEST]


def _in_words(answer: Any, texts: Mapping[str, str]) -> str:
    match answer:
        case {"columns": list(), "rows": list()}:
            return written(answer)
        case dict():
            return "; ".join(f"{texts.get(str(key), key)}: {_in_words(value, texts)}" for key, value in answer.items())
        case list():
            return "; ".join(_in_words(value, texts) for value in answer)
        case str():
            return texts.get(answer, written(answer))
        case _:
            return written(answer)


def _texts(node: Any) -> Iterator[tuple[str, str]]:
    """Yield the id and text of every option, choice or passage of a question."""
    match node:
        case {"id": str(name), "text": str(text), **more}:
            yield name, text
            yield from _texts(more)
        case dict():
            for value in node.values():
                yield from _texts(value)
        case list() | tuple():
            for value in node:
                yield from _texts(value)
