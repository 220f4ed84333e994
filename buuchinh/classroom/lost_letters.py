"""Refuse class lists whose letters became question marks when saved in an old code page: “Nguy?n Th? H?nh”.

The letters cannot be restored. Without this check, such names would end up in the list with codes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from buuchinh.errors import KitError
from buuchinh.messages import say

_LOST = re.compile(r"[^\W\d_]\?[^\W\d_]|[^\W\d_]\? |\?[^\W\d_]{2}")
"""Matches a question mark within a word, at its start, or at its end if more text follows, but not after a question."""


def refuse(name: str, lines: Sequence[tuple[int, Sequence[str]]]) -> None:
    """Raise ``KitError`` if a cell has lost letters, naming the first such cell.

    ``name`` is the file's name, and ``lines`` holds (line number, cells) pairs.
    """
    for line, row in lines:
        for cell in row:
            if _LOST.search(cell):
                message = say("files.spreadsheet.letters_lost", example=cell[:60])
                raise KitError(message, say("files.spreadsheet.letters_lost_way_out"), path=name, line=line)
