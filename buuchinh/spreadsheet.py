"""Read and write tables for Excel: CSV with any separator and encoding that Excel saves, and workbooks.

Text from outside is never executed as a formula: ``guarded`` puts an apostrophe before anything that looks like a
formula, and the text cells in a workbook are typed as text.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import Any

from buuchinh import csv_text
from buuchinh.errors import KitError
from buuchinh.files import reason
from buuchinh.messages import say
from buuchinh.printed import Print, set_up
from buuchinh.text import format_date, format_moment, nfc, visible

WORKBOOKS = (".xlsx", ".xlsm")
Cell = str | float | int | date | None
MOST_ROWS, _MOST_COLUMNS = 20_000, 40
_HEAD = 100
"""Number of rows at the top of a sheet in which a cell is searched for; a list has one there."""
_RUN = "=+\\-@＝＋－＠﹢﹣﹦﹫"
_UNSEEN = r"\s\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u2064\ufeff"
_FORMULA = re.compile(rf"[\t\r\n]|[{_UNSEEN}]*[{_RUN}]")
"""Pattern for the beginning of a cell that a spreadsheet may execute.

It matches a formula sign, also a full-width or small one, after any invisible characters.
"""
_SECOND_CELL = re.compile(rf'(?<=;)(?=["{_UNSEEN}]*[{_RUN}])')
"""Pattern for the position where such a cell begins if a spreadsheet splits the line at semicolons."""
_SPECIAL = re.compile(r'[",;\t\r\n]')
_DARK = "134F73"
_POINTS, _MOMENT, _DAY = "0.00", "dd-mm-yyyy hh:mm", "dd/mm/yyyy"
_MADE_BY = "buuchinh"
_SIZE, _LARGE = 11, 2
"""Font size in points, and the number of title lines that have a larger font."""


@dataclass(frozen=True)
class Look:
    """The appearance of a worksheet.

    ``head`` is the style of the header row: ``dark``, ``bold`` or "". ``widths`` contains the widths of the first
    columns in characters; each other column is ``margin`` characters wider than its longest cell, but between
    ``narrowest`` and ``widest``. Text in the first ``wrapped`` columns is wrapped. ``as_text`` formats all cells as
    text, even if a person types numbers into them. ``points`` formats numbers with two decimals (25.075 would be read
    as thousands in Vietnam) and puts a filter on the header. ``paper`` contains the print settings.
    """

    head: str = "dark"
    freeze: str | None = "B2"
    widths: Sequence[float] = ()
    narrowest: int = 9
    widest: int = 60
    margin: int = 2
    wrapped: int = 0
    as_text: bool = False
    points: bool = False
    paper: Print = field(default_factory=Print)


@dataclass(frozen=True)
class Percents:
    """Columns ``first`` to ``last`` (1-based), in which Excel accepts only 0 to 100 and otherwise shows ``error``.

    ``title`` is the title of Excel's message.
    """

    first: int
    last: int
    error: str
    title: str


@dataclass(frozen=True)
class Sheet:
    """A named table whose first row is its header; Excel checks ``percents`` in all rows below the header.

    ``above`` contains title lines over the header, the first two in large letters, and ``below`` contains rows under
    the table. Only workbooks include these lines and rows.
    """

    name: str
    title: str
    rows: Sequence[Sequence[Cell]]
    look: Look = field(default_factory=Look)
    percents: Percents | None = None
    above: Sequence[str] = ()
    below: Sequence[Sequence[Cell]] = ()


def rows(path: Path, sheet: str = "") -> list[tuple[int, list[str]]]:
    """Return each row of a CSV file, or of a workbook's first sheet with content, with its 1-based number in Excel.

    ``sheet`` is the title of another sheet of a workbook.
    Row numbers are correct even if a cell has several lines. Cells are returned as stripped NFC text, and dates as
    people write them (04-03-1990). Control characters that could affect terminals or workbooks are removed
    (``text.visible``). Raise ``KitError`` if the file is missing, is of another kind or cannot be decoded.
    """
    return _xlsx(path, sheet) if path.suffix.lower() in WORKBOOKS else _csv(path)


def _csv(path: Path) -> list[tuple[int, list[str]]]:
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise KitError(say("files.missing"), path=path.name) from error
    except OSError as error:
        raise KitError(say("files.unreadable", reason=reason(error)), path=path.name) from error
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise KitError(say("files.spreadsheet.not_csv"), say("files.spreadsheet.save_as"), path=path.name)
    try:
        text, _ = csv_text.decoded(data)
    except UnicodeDecodeError as error:
        raise KitError(
            say("files.spreadsheet.encoding"), say("files.spreadsheet.save_as_utf8"), path=path.name
        ) from error
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=csv_text.separator(text))
    numbered: list[tuple[int, list[str]]] = []
    try:
        for number, row in enumerate(reader, 1):
            cells = [_cell(cell) for cell in row]
            if not (number == 1 and cells and cells[0].lower().startswith("sep=")):
                numbered.append((number, cells))
    except csv.Error as error:
        raise KitError(
            say("files.spreadsheet.bad_csv"), say("files.spreadsheet.save_as"), path=path.name, line=reader.line_num
        ) from error
    return numbered


def _xlsx(path: Path, title: str) -> list[tuple[int, list[str]]]:
    def read(book: Any) -> list[tuple[int, list[str]]]:
        sheet = shown_sheet(book, title)
        rows = sheet.iter_rows(values_only=True, max_row=MOST_ROWS, max_col=_MOST_COLUMNS)
        return [(number, [_cell(value) for value in row]) for number, row in enumerate(islice(rows, MOST_ROWS), 1)]

    return list(_opened(path, read))


def _opened(path: Path, read: Callable[[Any], Any]) -> Any:
    """Return what ``read`` finds in a workbook; raise ``KitError`` if the file is missing or cannot be read."""
    from openpyxl import load_workbook

    try:
        book = load_workbook(path, read_only=True, data_only=True)
        found = read(book)
        book.close()
    except FileNotFoundError as error:
        raise KitError(say("files.missing"), path=path.name) from error
    except Exception as error:  # openpyxl lets errors of the zip, XML and sheet readers through
        raise KitError(say("files.spreadsheet.bad_xlsx"), say("files.spreadsheet.save_as"), path=path.name) from error
    return found


def titles(path: Path) -> list[str]:
    """Return the titles of a workbook's sheets that ``rows`` can read; none for a CSV file."""
    if path.suffix.lower() not in WORKBOOKS:
        return []
    return list(_opened(path, lambda book: [sheet.title for sheet in _shown(book)]))


def shown_sheet(book: Any, title: str = "") -> Any:
    """Return the sheet named ``title`` of an open workbook, or else the first that is not hidden and has a cell."""
    return next((sheet for sheet in book.worksheets if title and sheet.title == title), _shown(book)[0])


def _shown(book: Any) -> list[Any]:
    """Return the worksheets that are not hidden and have a cell, or the first one if there is none."""
    visible_sheets = (sheet for sheet in book.worksheets if sheet.sheet_state == "visible")
    filled = [one for one in visible_sheets if any(any(row) for row in islice(one.iter_rows(values_only=True), _HEAD))]
    return filled or book.worksheets[:1]


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    elif isinstance(value, datetime) and value.time() != time():
        value = format_moment(value)
    elif isinstance(value, date):
        value = format_date(value)
    return visible(nfc(str(value)), lines=True).strip()


def guarded(cell: Cell) -> Cell:
    """Return a cell that is safe in a spreadsheet, with an apostrophe before text that looks like a formula."""
    if not isinstance(cell, str):
        return cell
    shown = visible(cell, lines=True)
    return ("'" if _FORMULA.match(shown) else "") + shown


def unguarded(cell: str) -> str:
    """Return the cell's text without the apostrophes that ``guarded`` and ``as_csv`` added."""
    return cell.removeprefix("'").replace(";'", ";")


def as_csv(rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a table as CSV that Excel opens correctly; every cell is passed through ``guarded``.

    The encoding is UTF-8 with a byte order mark, without which Excel assumes another encoding.
    """
    lines = [",".join(_field(_plain(guarded(cell))) for cell in row) + "\r\n" for row in rows]
    return ("\ufeff" + "".join(lines)).encode("utf-8")


def _field(cell: Cell) -> str:
    """Return ``cell`` as a CSV field that Excel reads as one cell, whatever separator it expects."""
    text = "" if cell is None else str(cell)
    if not _SPECIAL.search(text):
        return text
    return '"' + _SECOND_CELL.sub("'", text).replace('"', '""') + '"'


def _plain(cell: Cell) -> Cell:
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M}"
    return f"{cell:%d/%m/%Y}" if isinstance(cell, date) else cell


def as_workbook(sheets: Iterable[Sheet]) -> bytes:
    """Return an Excel workbook in which text stays text, even if saved as CSV later, and numbers stay numbers."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    book.properties.creator = _MADE_BY
    for sheet in sheets:
        _fill(book.create_sheet(sheet.title), sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(page: Any, sheet: Sheet) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    look = sheet.look
    wrap = Alignment(wrap_text=True, vertical="top")
    for line, title in enumerate(sheet.above, 1):
        _put(page.cell(line, 1), guarded(title), look)
        page.cell(line, 1).font = Font(bold=line <= _LARGE, size=_SIZE + 2 * (line <= _LARGE))
    longest: dict[int, int] = {}
    head = len(sheet.above) + 1
    for line, row in enumerate((*sheet.rows, *sheet.below), head):
        for column, value in enumerate(map(guarded, row), 1):
            cell = page.cell(line, column)
            _put(cell, value, look)
            if line < head + len(sheet.rows):
                longest[column] = max(longest.get(column, 0), 0 if value is None else len(str(_plain(value))))
                if column <= look.wrapped:
                    cell.alignment = wrap
    _style_head(page[head], look, wrap)
    widths: list[float] = [min(max(look.narrowest, length + look.margin), look.widest) for length in longest.values()]
    widths[: len(look.widths)] = look.widths[: len(widths)]
    for column, width in enumerate(widths, 1):
        page.column_dimensions[get_column_letter(column)].width = width
    page.freeze_panes = look.freeze
    set_up(page, look.paper, widths, head if look.head else 0)
    if look.points:
        page.auto_filter.ref = page.dimensions
    if sheet.percents:
        _check_percents(page, sheet.percents, len(sheet.rows))


def _put(cell: Any, value: Cell, look: Look) -> None:
    """Write a value to a cell with its type: strings as text, and dates and times as dates and times."""
    cell.value = value.replace(tzinfo=None) if isinstance(value, datetime) else value
    if look.as_text:
        cell.number_format = "@"
    if isinstance(value, str):
        cell.data_type = "s"
    elif isinstance(value, date):
        cell.number_format = _MOMENT if isinstance(value, datetime) else _DAY
    elif isinstance(value, float) and look.points:
        cell.number_format = _POINTS


def _style_head(cells: Any, look: Look, wrap: Any) -> None:
    from openpyxl.styles import Font, PatternFill

    for cell in cells if look.head else ():
        cell.font = Font(bold=True, size=_SIZE, color="FFFFFF") if look.head == "dark" else Font(bold=True, size=_SIZE)
        if look.head == "dark":
            cell.fill = PatternFill("solid", fgColor=_DARK)
            cell.alignment = wrap


def _check_percents(page: Any, percents: Percents, last_row: int) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    check = DataValidation("decimal", operator="between", formula1="0", formula2="100", allow_blank=True)
    check.error, check.errorTitle = percents.error, percents.title
    check.showErrorMessage = True  # without it Excel accepts any number silently
    check.add(f"{get_column_letter(percents.first)}2:{get_column_letter(percents.last)}{last_row}")
    page.add_data_validation(check)
