"""``score(question, answer, on)``: one pure function, the same in Python and in JavaScript.

It never raises and has no side effects. The scoring of a type is defined in its folder, with a ``vectors.json`` of
results that both languages are tested against. An answer that cannot be scored gets 0 and a reason.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from buuchinh.questions import types
from buuchinh.questions.authored import AuthoredQuestion
from buuchinh.questions.scored import Score


def score(question: AuthoredQuestion, answer: Any, on: date) -> Score:
    """Return the score of ``answer`` by the key in force on ``question.as_of`` or, without one, on the day ``on``."""
    return types.type_of(question).score(question, answer, question.as_of or on)
