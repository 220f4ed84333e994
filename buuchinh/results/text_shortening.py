"""Shorten text to fit on paper, either to whole sentences or at a word boundary."""

from __future__ import annotations

import re

_BETWEEN = re.compile(r"(?<=[.!?])\s+")


def in_sentences(text: str, longest: int) -> str:
    """Return as many whole sentences as fit into ``longest`` characters, or the start of the first if none fits.

    More than one sentence is kept if possible, since a remark often concedes a point before it names the error.
    """
    plain = " ".join(text.split())
    ends = [found.start() for found in _BETWEEN.finditer(plain) if not plain[found.end()].islower()]
    whole = next((end for end in (len(plain), *reversed(ends)) if end <= longest), 0)
    return plain[:whole] or clipped(plain, longest)


def clipped(text: str, longest: int) -> str:
    """Return ``text`` on one line, cut at a word boundary if it is longer than ``longest`` characters."""
    plain = " ".join(text.split())
    if len(plain) <= longest:
        return plain
    return plain[: longest - 1].rsplit(" ", 1)[0].rstrip(" ,;:.–-") + "…"
