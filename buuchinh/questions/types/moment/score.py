"""The score of ``moment``: the moment that is asked for, or nothing; a typical slip is named for what it is."""

from __future__ import annotations

from typing import Any

from buuchinh.questions.scored import Score, remark
from buuchinh.questions.types.moment.model import Asks, MomentField, MomentKey
from buuchinh.questions.types.moment.reading import Moment, read


def score(question: MomentField, key: MomentKey, answer: Any) -> Score:
    """Score what was typed. A moment that tells more than is asked counts by what is asked."""
    if not isinstance(answer, str):
        return Score(0.0, "malformed")
    moment = read(answer)
    if moment is None:
        return Score(0.0, "not_a_moment")
    given = as_key(moment, question.asks)
    if given is None:
        return Score(0.0, "half_a_moment")
    if given == key.correct:
        return Score(1.0, remarks=(remark("", True, key.feedback.right),))
    slips = (slip.feedback for slip in key.mistakes if slip.value == given)
    return Score(0.0, remarks=(remark("", False, next(slips, key.feedback.wrong)),))


def as_key(moment: Moment, asks: Asks) -> str | None:
    """Return a moment as keys write it; None where it lacks a part that is asked for."""
    day = moment.day.isoformat() if moment.day else None
    hour = moment.hour.strftime("%H:%M") if moment.hour else None
    parts = {"date": [day], "time": [hour], "both": [day, hour]}[asks]
    return None if None in parts else "T".join(part for part in parts if part)
