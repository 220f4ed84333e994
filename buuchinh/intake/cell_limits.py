"""Limit the length of notebook cells: leave out overlong code cells, and remove pictures from overlong text cells.

The submitted file itself is stored unchanged; notes state what was left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from buuchinh.intake.notes import note
from buuchinh.messages import say
from buuchinh.notebooks import grade_id, ids_in_text, source_of

SOURCE_CAP = 400_000
"""Maximum number of characters in one cell, as stated in the messages."""
_MARK = "# [buuchinh:left-out] "
"""Beginning of the line that replaces the source of a code cell which was left out, before the message."""
_EARLIER_MARK = "# Ô này quá dài nên máy không chạy. Mã của học viên còn nguyên trong bản gốc, ở thư mục nop-bai."
"""The line that versions up to 0.2.0 wrote instead; notebooks in ``submitted/`` may still contain it."""
_PICTURE = re.compile(
    r"data:image/[a-z0-9.+-]{1,40}+;base64,[a-z0-9+/=]*+(?:\n[a-z0-9+/=]{60,}+)*+", re.IGNORECASE | re.ASCII
)


@dataclass
class Shortened:
    """Record of what was left out of one notebook's cells.

    ``code`` lists the names of code cells that were left out, and ``words`` those of text cells that were truncated.
    ``pictures`` is True if any picture was removed.
    """

    code: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    pictures: bool = False

    def source(self, cell: Mapping[str, Any], number: int, source: str) -> str:
        """Return the cell's text ``source``, shortened if it exceeds the limit.

        ``cell`` is the cell as submitted, and ``number`` is its 1-based position in the notebook.
        """
        if len(source) <= SOURCE_CAP:
            return source
        if cell.get("cell_type") == "code":
            self.code.append(_name(cell, number, source))
            return _MARK + say("intake.submission.long_code_cell")
        plain = _PICTURE.sub(say("intake.submission.picture_was_here"), source)
        self.pictures = self.pictures or plain != source
        if len(plain) > SOURCE_CAP:
            self.words.append(_name(cell, number, ""))
        return plain[:SOURCE_CAP]

    def notes(self) -> list[str]:
        """Return a note for each kind of content that was left out."""
        notes: list[str] = []
        if self.pictures:
            notes.append(note("intake.submission.pictures_out"))
        if self.code:
            notes.append(note("intake.submission.code_too_long", names=", ".join(self.code)))
        if self.words:
            notes.append(note("intake.submission.words_cut", names=", ".join(self.words)))
        return notes


def left_out(cells: Iterable[Mapping[str, Any]]) -> bool:
    """Return whether any of ``cells`` is a code cell whose code was left out for being too long."""
    return any(line.startswith((_MARK, _EARLIER_MARK)) for cell in cells for line in source_of(cell).splitlines())


def _name(cell: Mapping[str, Any], number: int, source: str) -> str:
    """Return a name by which people can find the cell: its ``grade_id``, the question it submits, or its number."""
    name = grade_id(cell) or next(iter(ids_in_text(source, "submit")), "")
    return f"“{name[:80]}”" if name else say("intake.submission.cell_number", number=number)
