"""Shapes of ``text``: the public one, its key, the author's."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from buuchinh.messages import say
from buuchinh.questions.asked import Asked, Strict, Text
from buuchinh.questions.dated_keys import Keyed, Notes
from buuchinh.questions.keys import Feedback, Key, Verdict


class TextEntry(Asked):
    """Words to write. Answer: the text. ``manual``: a person grades it, by a rubric.

    ``task``: a person grades the words together with what the trainee did in the cells around
    them; in the notebook that is what nbgrader calls a manually graded task.
    """

    type: Literal["text"]
    lines: int = Field(default=1, ge=1, le=20)
    marks: bool = Field(default=False, description="Tone marks, vowel signs and đ count.")
    manual: bool = False
    task: bool = Field(default=False, description="Graded by a person together with the cells around it.")


class TextMistake(Strict):
    """Words that a typical slip gives, and what to say to them."""

    text: Text
    feedback: Feedback


class TextKey(Key):
    """Accepted wordings, or (for a person who grades) a rubric and an answer at full marks."""

    correct: tuple[Text, ...] = ()
    feedback: Verdict | None = None
    mistakes: tuple[TextMistake, ...] = ()
    rubric: Text | None = None
    model_answer: Text | None = None


class TextField(TextEntry, Keyed[TextKey]):
    """Words to write, with their keys."""

    @model_validator(mode="after")
    def _keys_fit(self) -> Self:
        if self.task and not self.manual:
            raise ValueError(say("questions.task_by_hand"))
        for key in self.keys:
            if self.manual and (key.correct or not key.rubric):
                raise ValueError(say("questions.manual_needs_rubric"))
            if not self.manual and not (key.correct and key.feedback):
                raise ValueError(say("questions.text_needs_correct"))
        return self


class TextQuestion(TextField, Notes):
    """As ``TextField``, a question of its own."""
