"""Refuses a list whose letters became question marks when it was saved in an old code page: “Nguy?n Th? H?nh”.

Nothing brings them back, and such a name would stand in the list with codes, so it is told before anything is written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from buuchinh.errors import KitError, Problem
from buuchinh.messages import say

_LOST = re.compile(r"[^\W\d_]\?[^\W\d_]|[^\W\d_]\? |\?[^\W\d_]{2}")
"""A question mark within a word, behind it with more to come, or before it; a question ends otherwise."""


def refuse(name: str, lines: Sequence[tuple[int, Sequence[str]]]) -> None:
    """Raise ``KitError`` for the first cell that lost letters; ``name`` is the file, ``lines`` its rows by number."""
    for line, row in lines:
        for cell in row:
            if _LOST.search(cell):
                said = say("files.spreadsheet.letters_lost", example=cell[:60])
                raise KitError([Problem(name, line, said, say("files.spreadsheet.letters_lost_way_out"))])
