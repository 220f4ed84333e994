"""Tells whose code is meant where an instructor types a name: the class lists that lie in the course's folder know."""

from __future__ import annotations

from buuchinh import codes
from buuchinh.classroom import gradebook
from buuchinh.errors import KitError, Problem
from buuchinh.messages import say
from buuchinh.personal_data.names import Names, Person
from buuchinh.text import fold

_MOST_NAMED = 10


def code_of(typed: str) -> str:
    """Return the code that was typed, or that of the only one in the class with the name that was.

    Raises ``KitError`` for a mistyped code, and for a name of nobody or of several, who are named.
    """
    if codes.valid(typed) or any(sign.isdigit() for sign in typed) or len(typed.split()) < 2:
        return codes.normalise(typed)
    meant = _people_called(typed)
    if not meant:
        raise KitError(
            [Problem("", 0, say("personal_data.nobody_called", name=typed), say("personal_data.type_a_code"))]
        )
    if len(meant) > 1:
        told = "; ".join(map(str, meant[:_MOST_NAMED]))
        words = say("personal_data.several_called", name=typed, people=told)
        raise KitError([Problem("", 0, words, say("personal_data.type_a_code"))])
    return meant[0].code


def _people_called(name: str) -> list[Person]:
    """Return who of the class has a name, by codes: with tone marks as typed, or else whatever the marks."""
    enrolled = set(gradebook.students())
    found = sorted(
        (one for one in Names.read() if one.code in enrolled and fold(one.name) == fold(name)), key=lambda one: one.code
    )
    return [one for one in found if fold(one.name, marks=True) == fold(name, marks=True)] or found
