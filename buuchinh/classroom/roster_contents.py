"""Hold a class list as it was read, with everybody's code."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from buuchinh.classroom import classlist


@dataclass(frozen=True)
class Roster:
    """A class list: ``headers`` and ``rows`` hold the file without its code column; ``codes`` has one code per row.

    ``made`` holds newly created codes. ``headless`` holds the letters of columns that have text but no header and are
    left out. ``nameless`` holds the numbers of lines without code and name; ``below`` holds lines such as totals and
    signatures, which have text but name nobody. ``roles`` is the role column, empty if the list has no such column.
    ``sheet`` is the title of the workbook's sheet, and ``other_sheets`` are those of sheets that hold a list too.
    """

    path: Path
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    codes: tuple[str, ...]
    made: frozenset[str]
    people: tuple[classlist.ListRow, ...]
    known: classlist.Matches
    nameless: tuple[int, ...] = ()
    roles: tuple[str, ...] = ()
    headless: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    sheet: str = ""
    other_sheets: tuple[str, ...] = ()
