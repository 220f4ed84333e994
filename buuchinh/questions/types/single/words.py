"""Words of the types that choose among options: what stands in for them, an answer shown again, what judges see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from buuchinh.questions.answer_lines import Line, of_chosen
from buuchinh.questions.asked import Named
from buuchinh.questions.markup import bullets


def standin(question: Mapping[str, Any], _words: Mapping[str, Any]) -> str:
    """Return the options as a list."""
    return bullets(option["text"] for option in question["options"])


def told_back(question: Any, _answer: Any, remarks: Sequence[Mapping[str, Any]], _parts: object) -> list[Line]:
    """Return a line for each option that was chosen."""
    return of_chosen(question.options, remarks)


def shown_to_judges(question: Any) -> str:
    """Return a line for each option."""
    return dotted(question.options)


def key_to_judges(question: Any, key: Any) -> Iterator[str]:
    """Yield the text of each right option."""
    right = {key.correct} if isinstance(key.correct, str) else set(key.correct)
    return (option.text for option in question.options if option.id in right)


def dotted(options: Iterable[Named]) -> str:
    """Return options as lines of a cell."""
    return "\n".join(f"• {option.text}" for option in options)
