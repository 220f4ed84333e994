"""A sentence about a hand-in that remembers what it is about, so that more can be said where it is asked for."""

from __future__ import annotations

from buuchinh.messages import say
from buuchinh.text import visible


class Note(str):
    """What ``say(key, …)`` gives, with its key: a word on it, and its way out, can be found by that."""

    __slots__ = ("key",)
    key: str


def note(key: str, /, **values: object) -> Note:
    """Return the sentence ``key`` of ``messages/`` with ``values`` filled in, on one line whatever they are."""
    made = Note(visible(say(key, **values)))
    made.key = key
    return made
