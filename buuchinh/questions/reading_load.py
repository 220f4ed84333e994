"""Measure a question's reading load: the text read up to and including the feedback, and the number of decisions.

A reader is assumed to see the feedback on the right options and on one wrong option, the one of median length.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from buuchinh.questions.keys import whole

_OFFERED = ("text", "label", "unit", "heading", "document", "options", "left", "right", "items", "values")
"""The names of fields, besides the stem, whose text is shown before the answer."""


@dataclass(frozen=True)
class ReadingLoad:
    """The strings that a question shows, the strings of its feedback, and the number of decisions it requires."""

    asked: tuple[str, ...]
    feedback: tuple[str, ...] = ()
    decisions: int = 1

    def __add__(self, other: ReadingLoad) -> ReadingLoad:
        return ReadingLoad(self.asked + other.asked, self.feedback + other.feedback, self.decisions + other.decisions)


def of_one(question: Any, key: Any) -> ReadingLoad:
    """Return the reading load of a question with one decision; if ``key`` is None, feedback is left out."""
    shown = question.model_dump(mode="json", exclude={"keys"})
    return ReadingLoad(
        (question.stem, *_texts({name: shown.get(name) for name in _OFFERED})), tuple(_feedback_texts(key))
    )


def words(texts: Iterable[str]) -> int:
    """Count the words in ``texts``; a word is a run of non-space characters with at least one letter or digit."""
    return sum(any(map(str.isalnum, word)) for text in texts for word in text.split())


def middle(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the string of median length (in words) as a tuple of one, or an empty tuple if there are no strings."""
    ordered = sorted(texts, key=lambda text: words((text,)))
    return tuple(ordered[len(ordered) // 2 :][:1])


def _feedback_texts(key: Any) -> Iterator[str]:
    feedback = getattr(key, "feedback", None)
    if isinstance(feedback, Mapping):
        right = _names(key.correct)
        yield from (whole(remark) for name, remark in feedback.items() if name in right)
        yield from middle(whole(remark) for name, remark in feedback.items() if name not in right)
    elif feedback is not None:
        yield whole(feedback.right)
        yield from middle(map(whole, (feedback.wrong, *(slip.feedback for slip in key.mistakes))))


def _names(correct: Any) -> set[str]:
    return {correct} if isinstance(correct, str) else set(correct)


def _texts(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, Mapping):
        yield from (text for name, inner in node.items() if name != "id" for text in _texts(inner))
    elif isinstance(node, list | tuple):
        yield from (text for inner in node for text in _texts(inner))
