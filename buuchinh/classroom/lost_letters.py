"""Refuse lists whose letters became question marks when saved in an old code page: “Nguy?n Th? H?nh”.

The letters cannot be restored. Without the check, such names would end up in the list with codes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from buuchinh.errors import KitError, Problem
from buuchinh.messages import say

_LOST = re.compile(r"[^\W\d_]\?[^\W\d_]|[^\W\d_]\? |\?[^\W\d_]{2}")
"""A question mark within a word, at its end with more text following, or at its start; not at the end of a question."""


def refuse(name: str, lines: Sequence[tuple[int, Sequence[str]]]) -> None:
    """Raise ``KitError`` for the first cell with lost letters, if there is one.

    ``name`` is the name of the file, and ``lines`` are pairs of line number and cells.
    """
    for line, row in lines:
        for cell in row:
            if _LOST.search(cell):
                message = say("files.spreadsheet.letters_lost", example=cell[:60])
                raise KitError([Problem(name, line, message, say("files.spreadsheet.letters_lost_way_out"))])
