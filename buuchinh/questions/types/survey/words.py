"""Words of ``survey``: an opinion shown again."""

from __future__ import annotations

from typing import Any

from buuchinh.questions.answer_lines import Line, text_of, written
from buuchinh.questions.types.survey.model import SurveyQuestion


def told_back(question: SurveyQuestion, answer: Any, _remarks: object, _parts: object) -> list[Line]:
    """Return the option that was chosen, or what was written."""
    return [Line(text_of(question.options, answer) or written(answer), None, "")]
