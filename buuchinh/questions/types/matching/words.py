"""Words of ``matching``: both sides, and pairs with an arrow between."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from buuchinh.questions.answer_lines import Line, line_of, text_of
from buuchinh.questions.markup import bullets
from buuchinh.questions.types.matching.model import MatchingField, MatchingKey


def standin(question: Mapping[str, Any], _words: Mapping[str, Any]) -> str:
    """Return both sides, each as a list."""
    return "".join(bullets(entry["text"] for entry in question[side]) for side in ("left", "right"))


def told_back(question: MatchingField, answer: Any, remarks: Sequence[Mapping[str, Any]], _parts: object) -> list[Line]:
    """Return a line for each pair that was made."""
    return [line_of(_pair(question, remark["on"], answer.get(remark["on"], "")), remark) for remark in remarks]


def shown_to_judges(question: MatchingField) -> str:
    """Return a line for each side."""
    return "\n".join(" | ".join(entry.text for entry in side) for side in (question.left, question.right))


def key_to_judges(question: MatchingField, key: MatchingKey) -> Iterator[str]:
    """Yield the right pairs."""
    return (_pair(question, left, right) for left, right in key.correct.items())


def _pair(question: MatchingField, left: str, right: str) -> str:
    return f"{text_of(question.left, left)} → {text_of(question.right, right)}"
