"""Notes on the faults of a submission: sentences with their message keys, by which ``inspect`` explains them."""

from __future__ import annotations

from buuchinh.messages import say
from buuchinh.text import visible


class SubmissionNote(str):
    """Sentence that ``say(key, …)`` returns, with its key, by which ``inspect`` finds its explanation."""

    __slots__ = ("key",)
    key: str


def note(key: str, /, **values: object) -> SubmissionNote:
    """Return the message ``key`` with ``values`` filled in, always on one line."""
    sentence = SubmissionNote(visible(say(key, **values)))
    sentence.key = key
    return sentence
