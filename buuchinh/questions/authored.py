"""Define authored questions and the files that hold them.

An authored question is a published question with dated answer keys and the author's notes.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Self, Union

from pydantic import Field, model_validator

from buuchinh import course
from buuchinh.questions import types
from buuchinh.questions.asked import Id, Strict, Text, unique
from buuchinh.questions.dated_keys import Notes

if TYPE_CHECKING:
    AuthoredQuestion = Notes
else:
    AuthoredQuestion = Annotated[Union[tuple(kind.authored for kind in types.every())], Field(discriminator="type")]  # noqa: UP007


class QuestionFile(Strict):
    """An author's file of questions. ``seed`` fixes the order and the opaque ids of a release and must never change.

    ``as_of`` is the day whose law the whole file asks about. A released version keeps it, so a later review of the
    law changes no earlier score.
    """

    unit: Id
    version: course.Version
    title: Text
    seed: Text
    as_of: date | None = None
    questions: tuple[AuthoredQuestion, ...]

    @model_validator(mode="after")
    def _ids_differ(self) -> Self:
        unique("id", (question.id for question in self.questions))
        return self


def asked_as(question: AuthoredQuestion) -> str:
    """Return the id under which trainees meet ``question``; for a variant, this is the original question's id."""
    return question.variant_of or question.id
