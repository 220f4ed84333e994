"""Give every answer to a ``survey`` question a score of 0."""

from __future__ import annotations

from datetime import date
from typing import Any

from buuchinh.questions.scored import Score, is_empty


def score(_question: Any, answer: Any, _day: date) -> Score:
    """Return a score of 0 with the reason ``missing`` if ``answer`` is empty, otherwise ``unscored``."""
    return Score(0.0, "missing" if is_empty(answer) else "unscored")
