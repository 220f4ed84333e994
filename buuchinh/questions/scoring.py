"""``score(question, answer, on)``: one pure function, the same in Python and in JavaScript.

It never raises and touches nothing. How a type scores stands in its folder, with the ``vectors.json`` that pin what
it gives for a question and an answer; both languages are held to them. An answer that cannot be scored gets 0 and a
reason.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from buuchinh.questions import types
from buuchinh.questions.authored import AuthoredQuestion
from buuchinh.questions.scored import Score


def score(question: AuthoredQuestion, answer: Any, on: date) -> Score:
    """Score ``answer`` by the key in force on ``question.as_of`` or, without one, on the day ``on``."""
    return types.type_of(question).score(question, answer, question.as_of or on)
