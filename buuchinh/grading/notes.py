"""A sentence about a hand-in that remembers what it is about, so that more can be said where it is asked for."""

from __future__ import annotations

from buuchinh.messages import say


class Note(str):
    """What ``say(key, …)`` gives, with its key: a word on it, and its way out, can be found by that."""

    __slots__ = ("key",)
    key: str


def note(key: str, /, **values: object) -> Note:
    """Return the sentence ``key`` of ``messages/`` with ``values`` filled in."""
    made = Note(say(key, **values))
    made.key = key
    return made
