"""Notes on the problems of a submission: sentences with their message keys, so that ``inspect`` can explain them."""

from __future__ import annotations

from buuchinh.messages import say
from buuchinh.text import visible


class SubmissionNote(str):
    """Sentence from ``say(key, …)`` that carries its ``key``, by which ``inspect`` looks up its explanation."""

    __slots__ = ("key",)
    key: str


def note(key: str, /, **values: object) -> SubmissionNote:
    """Return the message ``key`` with ``values`` filled in, always on one line."""
    sentence = SubmissionNote(visible(say(key, **values)))
    sentence.key = key
    return sentence
