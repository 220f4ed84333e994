"""The registry of question types: each folder beside this file is one, found by its name.

Folders are loaded when they are first asked for: a list of names (for the help of a command, for the front end)
costs no import, and a type that is built of others (``form``) may ask for them while it is loaded itself.
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
    """Return the sorted names of all types, which are those of the folders."""
    return tuple(sorted(entry.name for entry in iter_modules(__path__) if entry.ispkg))


@cache
def of(name: str) -> QuestionType:
    """Return the type ``name``; raises ``LookupError`` if its folder is missing or unusable."""
    if name not in names():
        raise LookupError(f"no question type {name!r}: questions/types/ has {', '.join(names())}")
    question_type: QuestionType | None = getattr(import_module(f"{__name__}.{name}"), "TYPE", None)
    if question_type is None or question_type.name != name:
        raise LookupError(f"questions/types/{name}/__init__.py must give TYPE, a QuestionType of the name {name!r}")
    return question_type


def type_of(question: Any) -> QuestionType:
    """Return the type of a question, in its public or its author's shape, or in JSON form."""
    return of(question["type"] if isinstance(question, dict) else question.type)


@cache
def every() -> tuple[QuestionType, ...]:
    """Return all types in display order."""
    return tuple(sorted(map(of, names()), key=_order))


def in_forms(asking: str) -> tuple[QuestionType, ...]:
    """Return the types that may be fields of a form, without ``asking``, which is being loaded."""
    others = [of(name) for name in names() if name != asking]
    return tuple(sorted((other for other in others if other.may_stand_in_form), key=_order))


def parts(question: Any) -> Iterator[tuple[Any, tuple[int | str, ...]]]:
    """Yield each part of a question that may have keys, with the steps to it: itself, or its nested questions."""
    inner = type_of(question).inner
    if inner is None:
        yield question, ()
        return
    for number, field in enumerate(question[inner] if isinstance(question, dict) else getattr(question, inner)):
        yield field, (inner, number)


def _order(question_type: QuestionType) -> tuple[int, str]:
    return question_type.place, question_type.name
