"""Find a trainee's code by typed name or code, using the class lists in the course folder."""

from __future__ import annotations

from buuchinh import codes
from buuchinh.classroom import gradebook
from buuchinh.errors import KitError
from buuchinh.messages import say
from buuchinh.personal_data.names import Names, Person
from buuchinh.text import fold

_MOST_NAMED = 10


def code_of(typed: str) -> str:
    """Return the typed code, normalised, or the code of the only trainee with the typed name.

    Raise ``KitError`` if the code is mistyped, if nobody has the name, or if several people have it (they are listed).
    """
    if codes.valid(typed) or any(sign.isdigit() for sign in typed) or len(typed.split()) < 2:
        return codes.normalise(typed)
    meant = _people_called(typed)
    if not meant:
        raise KitError(say("personal_data.nobody_called", name=typed), say("personal_data.type_a_code"))
    if len(meant) > 1:
        listing = "; ".join(map(str, meant[:_MOST_NAMED]))
        words = say("personal_data.several_called", name=typed, people=listing)
        raise KitError(words, say("personal_data.type_a_code"))
    return meant[0].code


def names() -> dict[str, str]:
    """Map the codes of enrolled trainees to their names, as written in the class lists."""
    return {one.code: one.name for one in _of_the_class()}


def _people_called(name: str) -> list[Person]:
    """Return the enrolled trainees called ``name``, sorted by code.

    If no name matches with the typed tone marks, tone marks are ignored.
    """
    found = [one for one in _of_the_class() if fold(one.name) == fold(name)]
    return [one for one in found if fold(one.name, marks=True) == fold(name, marks=True)] or found


def _of_the_class() -> list[Person]:
    """Return all enrolled trainees who are named in a class list, sorted by code."""
    enrolled = set(gradebook.students())
    return sorted((one for one in Names.read() if one.code in enrolled), key=lambda one: one.code)
