"""Words of ``ordering``: items as a list, in the order of an answer or of the key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from buuchinh.questions.answer_lines import Line, line_of, text_of
from buuchinh.questions.markup import bullets
from buuchinh.questions.types.ordering.model import OrderingField, OrderingKey
from buuchinh.questions.types.single.words import dotted


def standin(question: Mapping[str, Any], _words: Mapping[str, Any]) -> str:
    """Return the items as a list."""
    return bullets(item["text"] for item in question["items"])


def told_back(
    question: OrderingField, _answer: Any, remarks: Sequence[Mapping[str, Any]], _parts: object
) -> list[Line]:
    """Return the items in the order of the answer, numbered."""
    return [
        line_of(f"{place}. {text_of(question.items, remark['on'])}", remark) for place, remark in enumerate(remarks, 1)
    ]


def shown_to_judges(question: OrderingField) -> str:
    """Return a line for each item."""
    return dotted(question.items)


def key_to_judges(question: OrderingField, key: OrderingKey) -> Iterator[str]:
    """Yield the items in their right order, numbered."""
    return (f"{place}. {text_of(question.items, item_id)}" for place, item_id in enumerate(key.correct, 1))
