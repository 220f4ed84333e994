"""Define ``form`` questions, which combine several small questions."""

from __future__ import annotations

from buuchinh.questions.question_type import QuestionType
from buuchinh.questions.types.form import model, reading, render_text
from buuchinh.questions.types.form.score import score


class FormType(QuestionType):
    """The type of questions made of several fields; each field is displayed and scored according to its own type."""

    name = "form"
    place = 90
    public = model.Form
    authored = model.FormQuestion
    in_parts = True
    typed = True
    inner = "fields"
    score = staticmethod(score)
    left_open = staticmethod(reading.left_open)
    static_html = staticmethod(render_text.fields_html)
    render_answer = staticmethod(render_text.field_lines)
    reading = staticmethod(reading.of_fields)

    def needs_story(self, question: model.Form) -> bool:
        """Return True, because the stem describes the case that all fields are about."""
        return True


TYPE = FormType()
