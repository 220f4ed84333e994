"""Score an answer with ``score(question, answer, on)``, which gives the same result in Python and in JavaScript.

``score`` is a pure function that never raises. The folder of each question type implements scoring for that type and
holds a ``vectors.json`` of expected results, against which both languages are tested. An answer that cannot be scored
gets 0 and a reason.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from buuchinh.questions import types
from buuchinh.questions.authored import AuthoredQuestion
from buuchinh.questions.scored import Score


def score(question: AuthoredQuestion, answer: Any, on: date) -> Score:
    """Return the score of ``answer`` by the key in force on ``question.as_of`` or, if that is None, on ``on``."""
    return types.type_of(question).score(question, answer, question.as_of or on)
