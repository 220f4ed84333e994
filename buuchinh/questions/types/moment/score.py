"""Score ``moment`` questions with full points or 0, and give feedback on typical mistakes."""

from __future__ import annotations

from typing import Any

from buuchinh.questions.scored import Score, remark
from buuchinh.questions.types.moment.model import Asks, MomentField, MomentKey
from buuchinh.questions.types.moment.reading import Moment, read


def score(question: MomentField, key: MomentKey, answer: Any) -> Score:
    """Return the score of a typed answer; a date or time that the question does not ask for is ignored."""
    if not isinstance(answer, str):
        return Score(0.0, "malformed")
    moment = read(answer)
    if moment is None:
        return Score(0.0, "not_a_moment")
    typed = as_key(moment, question.asks)
    if typed is None:
        return Score(0.0, "half_a_moment")
    if typed == key.correct:
        return Score(1.0, remarks=(remark("", True, key.feedback.right),))
    slips = (slip.feedback for slip in key.mistakes if slip.value == typed)
    return Score(0.0, remarks=(remark("", False, next(slips, key.feedback.wrong)),))


def as_key(moment: Moment, asks: Asks) -> str | None:
    """Return ``moment`` in the format of answer keys, or None if it lacks a date or time that ``asks`` requires."""
    day = moment.day.isoformat() if moment.day else None
    hour = moment.hour.strftime("%H:%M") if moment.hour else None
    parts = {"date": [day], "time": [hour], "both": [day, hour]}[asks]
    return None if None in parts else "T".join(part for part in parts if part)
