"""Detection of lists whose letters became question marks on saving in an old code page: “Nguy?n Th? H?nh”.

The letters cannot be restored, and such names would enter the list with codes, so the list is refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from buuchinh.errors import KitError, Problem
from buuchinh.messages import say

_LOST = re.compile(r"[^\W\d_]\?[^\W\d_]|[^\W\d_]\? |\?[^\W\d_]{2}")
"""A question mark within a word, after it and followed by more text, or before it; unlike the end of a question."""


def refuse(name: str, lines: Sequence[tuple[int, Sequence[str]]]) -> None:
    """Raise ``KitError`` for the first cell with lost letters; ``name`` is the file, ``lines`` its rows by number."""
    for line, row in lines:
        for cell in row:
            if _LOST.search(cell):
                message = say("files.spreadsheet.letters_lost", example=cell[:60])
                raise KitError([Problem(name, line, message, say("files.spreadsheet.letters_lost_way_out"))])
