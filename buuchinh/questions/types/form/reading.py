"""What is read of a ``form``: its stem and all its fields, each a decision."""

from __future__ import annotations

from typing import Any

from buuchinh.questions import types
from buuchinh.questions.reading import Reading
from buuchinh.questions.types.form.model import FormQuestion


def of_fields(question: FormQuestion, key: Any) -> Reading:
    """Return the form's own words and those of its fields; without ``key`` nothing comes back."""
    read = Reading((question.stem,), decisions=0)
    for field in question.fields:
        own = getattr(field, "keys", None) if key is not None else None
        read += types.type_of(field).reading(field, own[-1] if own else None)
    return read
