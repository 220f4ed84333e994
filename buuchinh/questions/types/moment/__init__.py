"""Define ``moment`` questions, which ask for a date, a time or both, typed in any notation that postal staff use."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from buuchinh.messages import say
from buuchinh.questions.question_type import QuestionType
from buuchinh.questions.types.moment import model
from buuchinh.questions.types.moment.score import score
from buuchinh.text import format_date


class MomentType(QuestionType):
    """The type of questions that are answered with a date, a time or both."""

    name = "moment"
    place = 45
    public = model.Asking
    authored = model.MomentQuestion
    field = model.MomentField
    short = True
    may_stand_in_exam = True
    typed = True
    score_by_key = staticmethod(score)

    def render_for_judges(self, question: model.MomentField) -> str:
        """Return a phrase that says what the question asks for: a date, a time or both."""
        return say(f"questions.moment.{question.asks}")

    def render_key_for_judges(self, question: model.MomentField, key: model.MomentKey) -> Iterator[str]:
        """Yield the right moment as text: the time, then the date."""
        day, hour = key.correct[:10], key.correct[11:]
        if ":" in day:
            day, hour = "", day
        yield ", ".join(part for part in (hour, format_date(date.fromisoformat(day)) if day else "") if part)


TYPE = MomentType()
