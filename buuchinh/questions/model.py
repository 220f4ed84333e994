"""Union of all public question types, and the sheets that hold them (``questions.json``)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Self, Union

from pydantic import Field, model_validator

from buuchinh import course
from buuchinh.questions import types
from buuchinh.questions.asked import Asked, Id, Strict, Text, unique

if TYPE_CHECKING:

    class Question(Asked):
        """The public shape of a question: which one, its ``type`` says."""

        type: str
else:
    Question = Annotated[Union[tuple(kind.public for kind in types.every())], Field(discriminator="type")]  # noqa: UP007


class QuestionSheet(Strict):
    """The public file of one exercise: what a trainee is given beside the notebook."""

    unit: Id
    version: course.Version
    title: Text
    questions: tuple[Question, ...]

    @model_validator(mode="after")
    def _ids_differ(self) -> Self:
        unique("id", (question.id for question in self.questions))
        return self
