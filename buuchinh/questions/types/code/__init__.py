"""Define ``code`` questions, which are answered by values that a trainee's code computes and submits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from buuchinh.questions.markup import bullets
from buuchinh.questions.question_type import QuestionType
from buuchinh.questions.types.code import model, render_text
from buuchinh.questions.types.code.score import score


class CodeType(QuestionType):
    """The type of questions that are answered by values computed in code."""

    name = "code"
    place = 100
    public = model.Code
    authored = model.CodeQuestion
    in_parts = True
    from_code = True
    read_fields = frozenset({"label"})
    score_by_key = staticmethod(score)
    render_answer = staticmethod(render_text.value_lines)

    def left_open(self, question: model.Code, answer: Any) -> bool:
        """Whether any value has not been submitted yet."""
        return not isinstance(answer, dict) or any(answer.get(value.id) is None for value in question.values)

    def static_html(self, question: Mapping[str, Any], words: Mapping[str, Any]) -> str:
        """Return the labels of the values as an HTML list."""
        return bullets(value["label"] for value in question["values"])

    def needs_story(self, question: model.Code) -> bool:
        """Return True, because the stem has to describe the data."""
        return True


TYPE = CodeType()
