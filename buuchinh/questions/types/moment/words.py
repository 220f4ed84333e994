"""Words of ``moment`` for judges: the right moment as people write it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from buuchinh.messages import say
from buuchinh.questions.types.moment.model import MomentKey, MomentQuestion
from buuchinh.text import format_date


def shown_to_judges(question: MomentQuestion) -> str:
    """Return what is to be told."""
    return say(f"questions.moment.{question.asks}")


def key_to_judges(_question: MomentQuestion, key: MomentKey) -> Iterator[str]:
    """Yield the right moment."""
    day, hour = key.correct[:10], key.correct[11:]
    if ":" in day:
        day, hour = "", day
    yield ", ".join(part for part in (hour, format_date(date.fromisoformat(day)) if day else "") if part)
