"""Define the data models for ``form`` questions, whose fields are questions of the types allowed in forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, Self, Union

from pydantic import Field, model_validator

from buuchinh.messages import say
from buuchinh.questions import types
from buuchinh.questions.asked import Asked, unique
from buuchinh.questions.dated_keys import Notes

if TYPE_CHECKING:

    class SimpleField(Asked):
        """A published field of the type that ``type`` names."""

        type: str

    class FormField(SimpleField):
        """An authored field."""
else:
    _TYPES = types.in_forms("form")
    SimpleField = Annotated[Union[tuple(kind.public for kind in _TYPES)], Field(discriminator="type")]  # noqa: UP007
    FormField = Annotated[Union[tuple(kind.field for kind in _TYPES)], Field(discriminator="type")]  # noqa: UP007


class Form(Asked):
    """Several small questions on one sheet; ``points`` of a field is its weight. Answer: ``{field id: answer}``."""

    type: Literal["form"]
    fields: tuple[SimpleField, ...] = Field(min_length=2, max_length=20)

    @model_validator(mode="after")
    def _fields_differ(self) -> Self:
        unique("id", (field.id for field in self.fields))
        if any(types.type_of(field).by_hand(field) for field in self.fields):
            raise ValueError(say("questions.manual_in_form"))
        return self


class FormQuestion(Form, Notes):
    """A form whose fields have keys, with its author's notes."""

    fields: tuple[FormField, ...] = Field(min_length=2, max_length=20)
