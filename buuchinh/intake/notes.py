"""Notes: sentences about what is wrong with a submission, each with its key, by which it can be explained."""

from __future__ import annotations

from buuchinh.messages import say
from buuchinh.text import visible


class Note(str):
    """Sentence that ``say(key, …)`` gives, with its key, by which ``inspect`` finds what is done about it."""

    __slots__ = ("key",)
    key: str


def note(key: str, /, **values: object) -> Note:
    """Return the sentence ``key`` of ``messages/`` with ``values`` filled in, on one line whatever they are."""
    sentence = Note(visible(say(key, **values)))
    sentence.key = key
    return sentence
