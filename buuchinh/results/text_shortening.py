"""Shorten text to the space on a sheet of paper, either to whole sentences or between two words."""

from __future__ import annotations

import re

_BETWEEN = re.compile(r"(?<=[.!?])\s+")


def in_sentences(text: str, longest: int) -> str:
    """Return as many whole sentences as fit into ``longest`` characters, or the beginning of the first if none fits.

    A single sentence is not enough, since a remark often concedes a point first and names the error in the second.
    """
    plain = " ".join(text.split())
    ends = [found.start() for found in _BETWEEN.finditer(plain) if not plain[found.end()].islower()]
    whole = next((end for end in (len(plain), *reversed(ends)) if end <= longest), 0)
    return plain[:whole] or clipped(plain, longest)


def clipped(text: str, longest: int) -> str:
    """Return ``text`` on one line, cut between two words if it is longer than ``longest`` characters."""
    plain = " ".join(text.split())
    if len(plain) <= longest:
        return plain
    return plain[: longest - 1].rsplit(" ", 1)[0].rstrip(" ,;:.–-") + "…"
