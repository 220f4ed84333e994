"""The lines that show any answer again, by the type of its question.

No text of an option that was not chosen, and no key, passes through here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from buuchinh.questions import types
from buuchinh.questions.answer_lines import LONGEST, AnswerLine, written
from buuchinh.questions.authored import AuthoredQuestion


def lines(question: AuthoredQuestion, answer: Any, score: Mapping[str, Any]) -> list[AnswerLine]:
    """Return what to show for ``answer``, scored as ``score`` (its JSON form)."""
    return types.type_of(question).render_answer(question, answer, score["remarks"], score["parts"])


def in_words(question: AuthoredQuestion | None, answer: Any) -> str:
    """Return an answer that was not scored as a person reads it: the texts of what was chosen, not their ids."""
    return _in_words(answer, dict(_texts(question.model_dump())) if question else {})[:LONGEST]


def _in_words(answer: Any, texts: Mapping[str, str]) -> str:
    match answer:
        case {"columns": list(), "rows": list()}:
            return written(answer)
        case dict():
            return "; ".join(f"{texts.get(str(key), key)}: {_in_words(one, texts)}" for key, one in answer.items())
        case list():
            return "; ".join(_in_words(one, texts) for one in answer)
        case str():
            return texts.get(answer, written(answer))
        case _:
            return written(answer)


def _texts(asked: Any) -> Iterator[tuple[str, str]]:
    """Yield id and text of all that a question offers."""
    match asked:
        case {"id": str(name), "text": str(text), **more}:
            yield name, text
            yield from _texts(more)
        case dict():
            for one in asked.values():
                yield from _texts(one)
        case list() | tuple():
            for one in asked:
                yield from _texts(one)
