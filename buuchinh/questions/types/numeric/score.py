"""Score ``numeric`` questions with full points within the tolerance, otherwise 0; give feedback on typical mistakes."""

from __future__ import annotations

from typing import Any

from buuchinh.questions.compare_values import LONGEST, close, is_number
from buuchinh.questions.scored import Score, remark
from buuchinh.questions.types.numeric.model import NumericField, NumericKey
from buuchinh.text import AmbiguousNumber, parse_number


def score(question: NumericField, key: NumericKey, answer: Any) -> Score:
    """Return the score of ``answer``, which is typed text or a JSON number."""
    if isinstance(answer, str) and len(answer) <= LONGEST:
        units = (*((question.unit,) if question.unit else ()), *question.units)
        try:
            number = parse_number(answer, units=units)
        except AmbiguousNumber:
            return Score(0.0, "ambiguous")
        except ValueError:
            return Score(0.0, "not_a_number")
    elif is_number(answer):
        number = float(answer)
    else:
        return Score(0.0, "malformed")
    if close(number, key.correct, key.tolerance, relative=key.relative):
        return Score(1.0, remarks=(remark("", True, key.feedback.right),))
    slips = (slip.feedback for slip in key.mistakes if close(number, slip.value, slip.tolerance, relative=False))
    return Score(0.0, remarks=(remark("", False, next(slips, key.feedback.wrong)),))
