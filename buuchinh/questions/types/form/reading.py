"""What is read of a ``form``: its stem and all its fields, each a decision; and which of them an answer leaves open."""

from __future__ import annotations

from typing import Any

from buuchinh.questions import types
from buuchinh.questions.reading_load import ReadingLoad
from buuchinh.questions.scored import is_empty
from buuchinh.questions.types.form.model import Form, FormQuestion


def of_fields(question: FormQuestion, key: Any) -> ReadingLoad:
    """Return the form's own words and those of its fields; without ``key`` nothing comes back."""
    read = ReadingLoad((question.stem,), decisions=0)
    for field in question.fields:
        own = getattr(field, "keys", None) if key is not None else None
        read += types.type_of(field).reading(field, own[-1] if own else None)
    return read


def left_open(question: Form, answer: Any) -> bool:
    """Whether a field is empty, or itself left open."""
    given = answer if isinstance(answer, dict) else {}
    return any(
        is_empty(given.get(field.id)) or types.type_of(field).left_open(field, given[field.id])
        for field in question.fields
    )
