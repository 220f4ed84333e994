"""Measure how much a ``form`` gives to read (the stem and every field), and find incomplete answers."""

from __future__ import annotations

from typing import Any

from buuchinh.questions import types
from buuchinh.questions.reading_load import ReadingLoad
from buuchinh.questions.scored import is_empty
from buuchinh.questions.types.form.model import Form, FormQuestion


def of_fields(question: FormQuestion, key: Any) -> ReadingLoad:
    """Return the reading load of the form and all its fields; if ``key`` is None, feedback is left out."""
    read = ReadingLoad((question.stem,), decisions=0)
    for field in question.fields:
        own = getattr(field, "keys", None) if key is not None else None
        read += types.type_of(field).reading(field, own[-1] if own else None)
    return read


def left_open(question: Form, answer: Any) -> bool:
    """Whether any field is empty or incomplete."""
    answers = answer if isinstance(answer, dict) else {}
    return any(
        is_empty(answers.get(field.id)) or types.type_of(field).left_open(field, answers[field.id])
        for field in question.fields
    )
