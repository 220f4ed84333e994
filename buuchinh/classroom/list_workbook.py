"""Find the sheet of a workbook that holds the class list, its merged cells, and formulas without a stored value."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from buuchinh import spreadsheet

Line = tuple[int, list[str]]
_LARGEST = 3_000_000
"""Largest size, in bytes, of a workbook that is read whole to find its merged cells and formulas."""


@dataclass(frozen=True)
class ListSheet:
    """A sheet with a list (its title is "" in a CSV file): its non-empty rows, and other sheets that hold one too."""

    title: str
    lines: Sequence[Line]
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Merged:
    """A cell of a workbook that was merged across rows: its 0-based column, its first and its last row in Excel."""

    column: int
    first: int
    last: int


def list_sheet(path: Path, is_list: Callable[[Sequence[Line]], bool]) -> ListSheet:
    """Return the first sheet that ``is_list`` recognises, or else the first; errors as in ``spreadsheet.rows``."""
    sheets = [ListSheet(title, _lines(path, title)) for title in spreadsheet.titles(path)]
    lists = [one for one in sheets if is_list(one.lines)]
    found = (lists or sheets or [ListSheet("", _lines(path))])[0]
    return ListSheet(found.title, found.lines, tuple(one.title for one in lists[1:]))


def _lines(path: Path, title: str = "") -> list[Line]:
    return [(number, row) for number, row in spreadsheet.rows(path, title) if any(row)]


def merged(path: Path, title: str) -> list[Merged]:
    """Return the cells merged across rows in a sheet; none for a CSV file or a large workbook."""
    with _opened(path, title) as sheet:
        ranges = sheet.merged_cells.ranges if sheet else ()
        found = [Merged(one.min_col - 1, one.min_row, min(one.max_row, spreadsheet.MOST_ROWS)) for one in ranges]
        return [one for one in found if one.last > one.first]


def without_value(path: Path, title: str, lines: Sequence[Line]) -> list[tuple[int, int, str]]:
    """Return (line, 0-based column, name such as C5) of each formula whose value the workbook does not hold.

    Programs other than Excel may store formulas alone; where one formula has a value, empty ones are meant to be empty.
    ``lines`` are the sheet's rows as they were read.
    """
    known = dict(lines)
    with _opened(path, title) as sheet:
        rows = sheet.iter_rows(max_row=min(sheet.max_row, spreadsheet.MOST_ROWS)) if sheet else ()
        cells = [cell for row in rows for cell in row]
        found = [(cell.row, cell.column - 1, cell.coordinate) for cell in cells if cell.data_type == "f"]
    has_value = (any(known.get(line, [])[column : column + 1]) for line, column, _ in found)
    return [] if any(has_value) else found


@contextmanager
def _opened(path: Path, title: str) -> Iterator[Any]:
    """Yield a sheet with its formulas, or None if the file is CSV, large or cannot be read."""
    from openpyxl import load_workbook

    if path.suffix.lower() not in spreadsheet.WORKBOOKS or path.stat().st_size > _LARGEST:
        yield None
        return
    try:
        book = load_workbook(path)
    except Exception:  # the values were read already; openpyxl lets errors of the zip, XML and sheet readers through
        yield None
        return
    yield spreadsheet.shown_sheet(book, title)
    book.close()
