"""Undo the layout of class lists that are made to be read on paper: names in two columns, and merged cells.

Vietnamese lists often have family and given name in two columns, either below one merged header or with a header each,
and an office in one cell beside all its people.
"""

from __future__ import annotations

from collections.abc import Sequence

from buuchinh.classroom import classlist
from buuchinh.classroom.list_workbook import Merged
from buuchinh.messages import say

Line = tuple[int, list[str]]
_FILLED = ("office", "role", "job_title")
"""Kinds of columns in which a merged cell stands for all its rows."""


def given_names(lines: Sequence[Line], head: int) -> int | None:
    """Return the column of given names beside one of family names, or None; ``head`` is the index of the headers."""
    headers = lines[head][1]
    name = classlist.columns(headers).get("name")
    if name is None:
        return None
    if name and classlist.is_family_name(headers[name - 1]) and classlist.is_given_name(headers[name]):
        return name
    return name + 1 if _goes_on(lines[head + 1 :], headers, name) else None


def with_whole_names(lines: Sequence[Line], head: int) -> list[Line]:
    """Return a list's ``lines`` with family and given name in one column; ``head`` is the index of the headers."""
    second = given_names(lines, head)
    if second is None:
        return list(lines)
    first, (number, headers) = second - 1, lines[head]
    title = say("classroom.roster.full_name") if classlist.is_family_name(headers[first]) else headers[first]
    whole = [(line, [*row[:first], _joined(row, first), *row[second + 1 :]]) for line, row in lines[head + 1 :]]
    return [*lines[:head], (number, [*headers[:first], title, *headers[second + 1 :]]), *whole]


def _goes_on(lines: Sequence[Line], headers: Sequence[str], name: int) -> bool:
    """Return whether the column right of the names has no header, but a given name in most rows that have a name."""
    if name + 1 < len(headers) and headers[name + 1]:
        return False
    named = [row for _, row in lines if name < len(row) and row[name]]
    whole = [row for row in named if name + 1 < len(row) and _is_word(row[name + 1])]
    return len(whole) * 2 > len(named)


def _is_word(cell: str) -> bool:
    return bool(cell) and not any(map(str.isdigit, cell)) and len(cell.split()) == 1


def _joined(row: Sequence[str], first: int) -> str:
    return " ".join(filter(None, row[first : first + 2]))


def with_merged_cells(lines: Sequence[Line], head: int, merged: Sequence[Merged]) -> list[Line]:
    """Return ``lines`` in which each row has the office and role of a cell that was merged across several rows."""
    columns = classlist.columns(lines[head][1])
    filled = {columns[kind] for kind in _FILLED if kind in columns}
    cells = dict(lines)
    values = {
        (line, one.column): cells[one.first][one.column]
        for one in merged
        if one.column in filled and one.first > lines[head][0] and one.column < len(cells.get(one.first, ()))
        for line in range(one.first + 1, one.last + 1)
    }
    return [(line, _filled(line, row, values)) if line > lines[head][0] else (line, row) for line, row in lines]


def _filled(line: int, row: list[str], values: dict[tuple[int, int], str]) -> list[str]:
    own = {column: value for (at, column), value in values.items() if at == line}
    width = max([len(row), *(column + 1 for column in own)])
    padded = [*row, *[""] * (width - len(row))]
    return [cell or own.get(column, "") for column, cell in enumerate(padded)]
