"""Rows of a list that belong to a trainee: those with the code in the column of codes."""

from __future__ import annotations

from collections.abc import Sequence

from buuchinh import codes
from buuchinh.classroom import classlist
from buuchinh.personal_data.traces import Traces

_HEAD = 15
"""Lines among which the names of the columns are looked for, as ``roster`` does."""


def column_of_codes(rows: Sequence[Sequence[str]]) -> int | None:
    """Return the column whose header names codes, or else the first with more codes than other words."""
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
    """Whether a row is the trainee's; one that names the code in another column is somebody else's."""
    return column is not None and column < len(cells) and traces.is_code(cells[column])
