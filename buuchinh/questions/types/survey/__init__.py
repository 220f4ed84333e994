"""Define ``survey`` questions, which ask for an opinion and are never scored."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from buuchinh.questions.answer_lines import AnswerLine, text_of, written
from buuchinh.questions.markup import bullets
from buuchinh.questions.question_type import QuestionType, Remarks
from buuchinh.questions.types.survey import model
from buuchinh.questions.types.survey.score import score


class SurveyType(QuestionType):
    """The type of questions that ask for an opinion, either through options or as written text."""

    name = "survey"
    place = 110
    public = model.Survey
    authored = model.SurveyQuestion
    scored = False
    authors_fields = frozenset({"comes_back"})
    score = staticmethod(score)

    def static_html(self, question: Mapping[str, Any], words: Mapping[str, Any]) -> str:
        """Return the options as an HTML list."""
        return bullets(option["text"] for option in question["options"])

    def render_answer(
        self, question: model.SurveyQuestion, answer: Any, remarks: Remarks, parts: Mapping[str, Any]
    ) -> list[AnswerLine]:
        """Return one line with the chosen option or the written answer."""
        return [AnswerLine(text_of(question.options, answer) or written(answer), None, "")]


TYPE = SurveyType()
