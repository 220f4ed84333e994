"""The score of ``survey``, which has no points."""

from __future__ import annotations

from datetime import date
from typing import Any

from buuchinh.questions.scored import Score, is_empty


def score(_question: Any, answer: Any, _day: date) -> Score:
    """Return a score of 0, whose reason says whether there is an opinion."""
    return Score(0.0, "missing" if is_empty(answer) else "unscored")
