"""Find a trainee's rows in a class list: the rows that have the trainee's code in the column of codes."""

from __future__ import annotations

from collections.abc import Sequence

from buuchinh import codes
from buuchinh.classroom import classlist
from buuchinh.personal_data.traces import Traces

_HEAD = 15
"""Number of rows at the top of a list in which column headers are searched for, as in ``roster``."""


def column_of_codes(rows: Sequence[Sequence[str]]) -> int | None:
    """Return the 0-based index of the column of codes, or None if there is no such column.

    It is the column with a header for codes, or else the first column mostly filled with codes.
    """
    for row in rows[:_HEAD]:
        named = classlist.columns(row).get("code")
        if named is not None:
            return named
    for column in range(max(map(len, rows), default=0)):
        filled = [row[column] for row in rows if column < len(row) and row[column]]
        if sum(map(codes.valid, filled)) * 2 > len(filled):
            return column
    return None


def is_row_of(traces: Traces, cells: Sequence[str], column: int | None) -> bool:
    """Return whether a row is the trainee's own; a row with the code in another column belongs to somebody else.

    ``column`` is the 0-based column of codes, or None if there is no such column.
    """
    return column is not None and column < len(cells) and traces.is_code(cells[column])
