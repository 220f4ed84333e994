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
    day, _, hour = key.correct.rpartition("T") if "T" in key.correct else ("", "", key.correct)
    if not day and "-" in hour:
        day, hour = hour, ""
    yield ", ".join(part for part in (hour, format_date(date.fromisoformat(day)) if day else "") if part)
