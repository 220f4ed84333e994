"""Score ``single`` questions with full points for the right option, otherwise 0."""

from __future__ import annotations

from typing import Any

from buuchinh.questions.scored import Score, remark
from buuchinh.questions.types.single.model import SingleField, SingleKey


def score(_question: SingleField, key: SingleKey, answer: Any) -> Score:
    """Return the score of ``answer``, the id of an option."""
    if not isinstance(answer, str):
        return Score(0.0, "malformed")
    if answer not in key.feedback:
        return Score(0.0, "unknown")
    right = answer == key.correct
    return Score(float(right), remarks=(remark(answer, right, key.feedback[answer]),))
