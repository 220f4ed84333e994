"""Create notes on problems of a submission, each with its message key, so that ``inspect`` can explain it."""

from __future__ import annotations

from buuchinh.messages import say
from buuchinh.text import visible


class SubmissionNote(str):
    """A sentence from ``say(key, …)`` that carries ``key``, by which ``inspect`` looks up an explanation."""

    __slots__ = ("key",)
    key: str


def note(key: str, /, **values: object) -> SubmissionNote:
    """Return the message ``key`` with ``values`` filled in, on a single line."""
    sentence = SubmissionNote(visible(say(key, **values)))
    sentence.key = key
    return sentence
