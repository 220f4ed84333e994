"""Define ``form`` questions, which combine several small questions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from buuchinh.questions.answer_lines import AnswerLine
from buuchinh.questions.question_type import QuestionType, Remarks
from buuchinh.questions.reading_load import ReadingLoad
from buuchinh.questions.scored import Score
from buuchinh.questions.types.form import model, reading, render_text
from buuchinh.questions.types.form.score import score


class FormType(QuestionType):
    """The type of questions made of several fields; each field is displayed and scored according to its own type."""

    name = "form"
    place = 90
    public = model.Form
    authored = model.FormQuestion
    typed = True
    inner = "fields"

    def score(self, question: model.FormQuestion, answer: Any, day: date) -> Score:
        """Return the mean score of the fields, weighted by their points."""
        return score(question, answer, day)

    def left_open(self, question: model.Form, answer: Any) -> bool:
        """Whether a field is empty or incomplete."""
        return reading.left_open(question, answer)

    def static_html(self, question: Mapping[str, Any], words: Mapping[str, Any]) -> str:
        """Return the fields as a numbered HTML list."""
        return render_text.fields_html(question, words)

    def render_answer(
        self, question: model.FormQuestion, answer: Any, remarks: Remarks, parts: Mapping[str, Any]
    ) -> list[AnswerLine]:
        """Return the lines for all fields; a field that was not scored has a line with the reason."""
        return render_text.field_lines(question, answer, remarks, parts)

    def reading(self, question: model.FormQuestion, key: Any) -> ReadingLoad:
        """Return the reading load of the form together with that of all its fields."""
        return reading.of_fields(question, key)

    def needs_story(self, question: model.Form) -> bool:
        """Return True, because the stem describes the case that all fields are about."""
        return True


TYPE = FormType()
