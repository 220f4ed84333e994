"""Words of ``numeric`` for judges: the unit, the right number."""

from __future__ import annotations

from collections.abc import Iterator

from buuchinh.questions.types.numeric.model import NumericKey, NumericQuestion
from buuchinh.text import format_number


def shown_to_judges(question: NumericQuestion) -> str:
    """Return the unit."""
    return question.unit or ""


def key_to_judges(_question: NumericQuestion, key: NumericKey) -> Iterator[str]:
    """Yield the right number."""
    yield format_number(key.correct)
