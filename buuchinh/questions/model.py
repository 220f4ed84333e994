"""Define the union of all published question types, and the model of ``questions.json``, which holds such questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Self, Union

from pydantic import Field, model_validator

from buuchinh import course
from buuchinh.questions import types
from buuchinh.questions.asked import Asked, Id, Strict, Text, unique

if TYPE_CHECKING:

    class Question(Asked):
        """A published question of the type that ``type`` names."""

        type: str
else:
    Question = Annotated[Union[tuple(kind.public for kind in types.every())], Field(discriminator="type")]  # noqa: UP007


class QuestionSheet(Strict):
    """The published questions of one exercise, which a trainee gets together with the notebook."""

    unit: Id
    version: course.Version
    title: Text
    questions: tuple[Question, ...]

    @model_validator(mode="after")
    def _ids_differ(self) -> Self:
        unique("id", (question.id for question in self.questions))
        return self
