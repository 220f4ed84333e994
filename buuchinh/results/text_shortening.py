"""Shortening of texts to the room on a sheet of paper: to whole sentences, or between two words."""

from __future__ import annotations

import re

_BETWEEN = re.compile(r"(?<=[.!?])\s+")


def in_sentences(text: str, longest: int) -> str:
    """Return as many whole sentences as ``longest`` characters hold; the beginning of the first where none fits.

    One sentence is not enough: a remark often concedes a point first and names the fault in the second.
    """
    plain = " ".join(text.split())
    ends = [found.start() for found in _BETWEEN.finditer(plain) if not plain[found.end()].islower()]
    whole = next((end for end in (len(plain), *reversed(ends)) if end <= longest), 0)
    return plain[:whole] or clipped(plain, longest)


def clipped(text: str, longest: int) -> str:
    """Return a text in one line, cut between two words where it is longer than ``longest`` characters."""
    plain = " ".join(text.split())
    if len(plain) <= longest:
        return plain
    return plain[: longest - 1].rsplit(" ", 1)[0].rstrip(" ,;:.–-") + "…"
