"""Define the data models for ``text`` questions: published question, answer key and authored source."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from buuchinh.messages import say
from buuchinh.points import same_points
from buuchinh.questions.asked import Asked, Id, Strict, Text, unique
from buuchinh.questions.dated_keys import Keyed, Notes
from buuchinh.questions.keys import Feedback, Key, Verdict
from buuchinh.text import format_number


class TextEntry(Asked):
    """A question with a written answer. Answer: its text. ``manual`` means that it is graded manually, by a rubric.

    ``task`` means that it is graded together with what the trainee did in the cells around it; in the notebook this
    is a manually graded task of nbgrader.
    """

    type: Literal["text"]
    lines: int = Field(default=1, ge=1, le=20)
    marks: bool = Field(default=False, description="Tone marks, vowel signs and đ count.")
    manual: bool = False
    task: bool = Field(default=False, description="Graded by a person together with the cells around it.")


class TextMistake(Strict):
    """A typical wrong wording, and the feedback on it."""

    text: Text
    feedback: Feedback


class RubricLine(Strict):
    """One line of a rubric, which a grader marks as met, half met or not met. ``half`` allows half of its points."""

    id: Id
    points: float = Field(gt=0, le=100, allow_inf_nan=False)
    text: Text
    half: bool = Field(default=True, description="Whether half of the points may be given.")


class TextKey(Key):
    """The accepted wordings or, for manual grading, a rubric and a model answer that earns full marks.

    ``lines`` are the parts of the rubric that have points of their own, at most nine: a grader marks each with a digit.
    """

    correct: tuple[Text, ...] = ()
    feedback: Verdict | None = None
    mistakes: tuple[TextMistake, ...] = ()
    rubric: Text | None = None
    lines: tuple[RubricLine, ...] = Field(default=(), max_length=9)
    model_answer: Text | None = None


class TextField(TextEntry, Keyed[TextKey]):
    """A question with a written answer, and its keys."""

    @model_validator(mode="after")
    def _keys_fit(self) -> Self:
        if self.task and not self.manual:
            raise ValueError(say("questions.task_by_hand"))
        for key in self.keys:
            if self.manual and (key.correct or not key.rubric):
                raise ValueError(say("questions.manual_needs_rubric"))
            if not self.manual and not (key.correct and key.feedback):
                raise ValueError(say("questions.text_needs_correct"))
            if key.lines:
                self._lines_fit(key.lines)
        return self

    def _lines_fit(self, lines: tuple[RubricLine, ...]) -> None:
        if not self.manual:
            raise ValueError(say("questions.lines_by_hand"))
        unique("lines", (line.id for line in lines))
        total = sum(line.points for line in lines)
        if not same_points(total, self.points):
            raise ValueError(say("questions.lines_sum", total=format_number(total), points=format_number(self.points)))


class TextQuestion(TextField, Notes):
    """A standalone ``text`` question, with its keys and its author's notes."""
