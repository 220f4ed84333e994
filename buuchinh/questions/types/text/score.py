"""Score ``text`` questions with full points for an accepted wording, otherwise 0; give feedback on typical mistakes."""

from __future__ import annotations

from typing import Any

from buuchinh.questions.compare_values import LONGEST
from buuchinh.questions.equal_wording import worded
from buuchinh.questions.scored import Score, remark
from buuchinh.questions.types.text.model import TextField, TextKey


def score(question: TextField, key: TextKey, answer: Any) -> Score:
    """Return the score of a written answer; an answer that is graded manually gets 0 with the reason ``manual``."""
    if not isinstance(answer, str):
        return Score(0.0, "malformed")
    if question.manual or key.feedback is None:
        return Score(0.0, "manual")
    if len(answer) > LONGEST:
        return Score(0.0, "malformed")
    wording = worded(answer, marks=question.marks)
    if any(wording == worded(accepted, marks=question.marks) for accepted in key.correct):
        return Score(1.0, remarks=(remark("", True, key.feedback.right),))
    slips = (slip.feedback for slip in key.mistakes if wording == worded(slip.text, marks=question.marks))
    return Score(0.0, remarks=(remark("", False, next(slips, key.feedback.wrong)),))
