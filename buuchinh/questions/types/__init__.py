"""Find and load question types; each folder beside this file defines the type of the same name.

A folder is imported when its type is first requested. Listing the names (for a command's help text or the front end)
therefore imports no type, and a type that is built from others (``form``) may request them while it is being imported.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from buuchinh.questions.question_type import QuestionType


@cache
def names() -> tuple[str, ...]:
    """Return the names of all question types, sorted; they are the names of the folders beside this file."""
    return tuple(sorted(entry.name for entry in iter_modules(__path__) if entry.ispkg))


@cache
def of(name: str) -> QuestionType:
    """Return the question type called ``name``; raise ``LookupError`` if its folder is missing or lacks it."""
    if name not in names():
        raise LookupError(f"no question type {name!r}: questions/types/ has {', '.join(names())}")
    question_type: QuestionType | None = getattr(import_module(f"{__name__}.{name}"), "TYPE", None)
    if question_type is None or question_type.name != name:
        raise LookupError(f"questions/types/{name}/__init__.py must give TYPE, a QuestionType of the name {name!r}")
    return question_type


def type_of(question: Any) -> QuestionType:
    """Return the type of ``question``, which is a published or authored model or the JSON form of either."""
    return of(question["type"] if isinstance(question, dict) else question.type)


@cache
def every() -> tuple[QuestionType, ...]:
    """Return all question types in display order."""
    return tuple(sorted(map(of, names()), key=_order))


def in_forms(asking: str) -> tuple[QuestionType, ...]:
    """Return the types that may be fields of a form, except ``asking``, the type that is just being loaded."""
    others = [of(name) for name in names() if name != asking]
    return tuple(sorted((other for other in others if other.may_stand_in_form), key=_order))


def parts(question: Any) -> Iterator[tuple[Any, tuple[int | str, ...]]]:
    """Yield each part of a question that may have answer keys, with the path to it.

    For most types, the only part is the question itself, with an empty path. For a form, each nested question is a
    part.
    """
    inner = type_of(question).inner
    if inner is None:
        yield question, ()
        return
    for number, field in enumerate(question[inner] if isinstance(question, dict) else getattr(question, inner)):
        yield field, (inner, number)


def _order(question_type: QuestionType) -> tuple[int, str]:
    return question_type.place, question_type.name
