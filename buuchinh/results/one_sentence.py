"""Shortens what is told to the room that a sheet of paper has: one sentence, or the beginning with an ellipsis."""

from __future__ import annotations

import re

_LONGEST = 240
_SHORT = 30
_BETWEEN = re.compile(r"(?<=[.!?])\s+(?=[^\W\da-zà-ỹ_]|[“\"(])")


def first_sentence(text: str) -> str:
    """Return the first sentence of a text; where that is a few words ("Chưa đúng."), the next one with it."""
    plain = " ".join(text.split())
    end = 0
    for found in _BETWEEN.finditer(plain):
        end = found.start()
        if end >= _SHORT:
            break
    else:
        end = len(plain)
    return clipped(plain[:end], _LONGEST)


def clipped(text: str, longest: int) -> str:
    """Return a text in one line, cut between two words where it is longer than ``longest`` characters."""
    plain = " ".join(text.split())
    if len(plain) <= longest:
        return plain
    return plain[: longest - 1].rsplit(" ", 1)[0].rstrip(" ,;:.–-") + "…"
