"""Find the rows of a list that belong to a trainee: those with the code in the column of codes."""

from __future__ import annotations

from collections.abc import Sequence

from buuchinh import codes
from buuchinh.classroom import classlist
from buuchinh.personal_data.traces import Traces

_HEAD = 15
"""The number of rows at the top of a list that are searched for column names, as in ``roster``."""


def column_of_codes(rows: Sequence[Sequence[str]]) -> int | None:
    """Return the 0-based column whose header names codes, or the first that is mostly filled with codes, or None."""
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
    """Whether a row is the trainee's; a row that has the code in another column belongs to somebody else."""
    return column is not None and column < len(cells) and traces.is_code(cells[column])
