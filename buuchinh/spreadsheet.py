"""Reads and writes tables for Excel: CSV of any separator and encoding that Excel saves, and workbooks.

Text from outside is never run: ``guarded`` puts an apostrophe before what looks like a formula, and the text cells
of a workbook have the type of text.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from buuchinh.errors import KitError, Problem
from buuchinh.files import reason
from buuchinh.messages import say
from buuchinh.text import format_date, format_moment, nfc, visible

WORKBOOKS = (".xlsx", ".xlsm")
Cell = str | float | int | datetime | None
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_MOST_ROWS, _MOST_COLUMNS = 20_000, 40
_RUN = "=+\\-@＝＋－＠﹢﹣﹦﹫"
_UNSEEN = r"\s\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u2064\ufeff"
_FORMULA = re.compile(rf"[\t\r\n]|[{_UNSEEN}]*[{_RUN}]")
"""How a text begins that a spreadsheet may run: the sign, also full width or small, behind what is not seen."""
_SECOND_CELL = re.compile(rf'(?<=;)(?=["{_UNSEEN}]*[{_RUN}])')
"""Where such a text begins for who separates cells by semicolons."""
_SPECIAL = re.compile(r'[",;\t\r\n]')
_DARK = "134F73"
_POINTS, _MOMENT = "0.00", "dd-mm-yyyy hh:mm"


@dataclass(frozen=True)
class Look:
    """How a sheet of a workbook is shown.

    ``head`` is ``dark``, ``bold`` or "" for the first row. ``widths`` are those of the first columns, in characters;
    others are as wide as their longest cell and ``margin``, between ``narrowest`` and ``widest``. The text of
    the first ``wrapped`` columns is wrapped. ``as_text`` shows all cells as text, also numbers that a person types.
    ``points`` is a table of numbers to look through and to print: two decimals (25.075 is read as thousands in
    Vietnam), a filter on the head, landscape, the head on every page. ``upright`` is a list as wide as a printed page.
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
    upright: bool = False


@dataclass(frozen=True)
class Percents:
    """Columns (the first and the last, from 1) in which Excel takes numbers from 0 to 100 alone, with its words."""

    first: int
    last: int
    error: str
    title: str


@dataclass(frozen=True)
class Sheet:
    """A named table: the first row is its head. ``percents`` are checked by Excel in all rows below the head."""

    name: str
    title: str
    rows: Sequence[Sequence[Cell]]
    look: Look = field(default_factory=Look)
    percents: Percents | None = None


def rows(path: Path) -> list[tuple[int, list[str]]]:
    """Return each row of a CSV file or of a workbook's first sheet with its line: cells as text, NFC, trimmed.

    A date is as people write it (04-03-1990). What a terminal or a workbook would obey is left out (``text.visible``).
    Raises ``KitError`` where the file is missing, or is none of these, or its text cannot be decoded.
    """
    return _xlsx(path) if path.suffix.lower() in WORKBOOKS else _csv(path)


def _csv(path: Path) -> list[tuple[int, list[str]]]:
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise KitError([Problem(path.name, 0, say("files.missing"))]) from error
    except OSError as error:
        raise KitError([Problem(path.name, 0, say("files.unreadable", reason=reason(error)))]) from error
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise KitError([Problem(path.name, 0, say("files.spreadsheet.not_csv"), say("files.spreadsheet.save_as"))])
    try:
        text, _ = decoded(data)
    except UnicodeDecodeError as error:
        fault = Problem(path.name, 0, say("files.spreadsheet.encoding"), say("files.spreadsheet.save_as_utf8"))
        raise KitError([fault]) from error
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator(text))
    found: list[tuple[int, list[str]]] = []
    try:
        for row in reader:
            cells = [_cell(cell) for cell in row]
            if not (reader.line_num == 1 and cells and cells[0].lower().startswith("sep=")):
                found.append((reader.line_num, cells))
    except csv.Error as error:
        raise KitError(
            [Problem(path.name, reader.line_num, say("files.spreadsheet.bad_csv"), say("files.spreadsheet.save_as"))]
        ) from error
    return found


def decoded(data: bytes, *, lost: str = "strict") -> tuple[str, str]:
    """Decode what Excel may write: UTF-8 with or without a mark, UTF-16, the Vietnamese code page; and name it.

    Raises ``UnicodeDecodeError`` for what is none of these, unless ``lost`` says what to do with lost letters.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, lost), encoding
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return data.decode("cp1258", lost), "cp1258"


def has_mark(data: bytes) -> bool:
    """Whether a file begins with the mark of a Unicode text."""
    return data.startswith(tuple(mark for mark, _ in _BOMS))


def separator(text: str) -> str:
    """Return what separates the cells of a CSV file."""
    head = text.split("\n", 1)[0]
    return max(";,\t", key=head.count)


def _xlsx(path: Path) -> list[tuple[int, list[str]]]:
    from openpyxl import load_workbook

    try:
        book = load_workbook(path, read_only=True, data_only=True)
        sheet = book.worksheets[0]
        found = [
            (number, [_cell(value) for value in row])
            for number, row in enumerate(
                sheet.iter_rows(values_only=True, max_row=_MOST_ROWS, max_col=_MOST_COLUMNS), 1
            )
        ]
        book.close()
    except FileNotFoundError as error:
        raise KitError([Problem(path.name, 0, say("files.missing"))]) from error
    except Exception as error:  # openpyxl raises whatever the zip, the XML or the sheet made it stumble over
        raise KitError(
            [Problem(path.name, 0, say("files.spreadsheet.bad_xlsx"), say("files.spreadsheet.save_as"))]
        ) from error
    return found


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
    """Return a cell that no spreadsheet runs or stumbles over: a text like a formula gets an apostrophe before it."""
    if not isinstance(cell, str):
        return cell
    shown = visible(cell, lines=True)
    return ("'" if _FORMULA.match(shown) else "") + shown


def unguarded(cell: str) -> str:
    """Return the text of a cell without what keeps Excel from running it."""
    return cell.removeprefix("'").replace(";'", ";")


def as_csv(rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a table as CSV that Excel opens as it is meant: UTF-8 with a byte order mark, cells ``guarded``."""
    lines = [",".join(_field(_plain(guarded(cell))) for cell in row) + "\r\n" for row in rows]
    return ("\ufeff" + "".join(lines)).encode("utf-8")


def _field(cell: Cell) -> str:
    """Return a cell of CSV, which is one cell for Excel whatever separates them on that machine."""
    text = "" if cell is None else str(cell)
    if not _SPECIAL.search(text):
        return text
    return '"' + _SECOND_CELL.sub("'", text).replace('"', '""') + '"'


def _plain(cell: Cell) -> Cell:
    return f"{cell:%Y-%m-%d %H:%M}" if isinstance(cell, datetime) else cell


def as_workbook(sheets: Iterable[Sheet]) -> bytes:
    """Return sheets as an Excel workbook: text is text, also once it is saved as CSV, and numbers stay numbers."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for sheet in sheets:
        _fill(book.create_sheet(sheet.title), sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(page: Any, sheet: Sheet) -> None:
    from openpyxl.styles import Alignment
    from openpyxl.utils import get_column_letter

    look = sheet.look
    wrap = Alignment(wrap_text=True, vertical="top")
    longest: dict[int, int] = {}
    for line, row in enumerate(sheet.rows, 1):
        for column, value in enumerate(map(guarded, row), 1):
            longest[column] = max(longest.get(column, 0), 0 if value is None else len(str(_plain(value))))
            cell = page.cell(line, column, value.replace(tzinfo=None) if isinstance(value, datetime) else value)
            if isinstance(value, datetime):
                cell.number_format = _MOMENT
            elif isinstance(value, float) and look.points:
                cell.number_format = _POINTS
            if isinstance(value, str):
                cell.data_type = "s"
            if look.as_text:
                cell.number_format = "@"
            if column <= look.wrapped:
                cell.alignment = wrap
    _style_head(page, look, wrap)
    for column, length in longest.items():
        width: float = min(max(look.narrowest, length + look.margin), look.widest)
        if column <= len(look.widths):
            width = look.widths[column - 1]
        page.column_dimensions[get_column_letter(column)].width = width
    page.freeze_panes = look.freeze
    if look.points or look.upright:
        _set_up_print(page, look)
    if sheet.percents:
        _check_percents(page, sheet.percents, len(sheet.rows))


def _set_up_print(page: Any, look: Look) -> None:
    if look.points:
        page.auto_filter.ref = page.dimensions
    page.page_setup.orientation = "portrait" if look.upright else "landscape"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = "1:1"


def _style_head(page: Any, look: Look, wrap: Any) -> None:
    from openpyxl.styles import Font, PatternFill

    for cell in page[1] if look.head else ():
        cell.font = Font(bold=True, color="FFFFFF") if look.head == "dark" else Font(bold=True)
        if look.head == "dark":
            cell.fill = PatternFill("solid", fgColor=_DARK)
            cell.alignment = wrap


def _check_percents(page: Any, percents: Percents, last_row: int) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    check = DataValidation("decimal", operator="between", formula1="0", formula2="100", allow_blank=True)
    check.error, check.errorTitle = percents.error, percents.title
    check.showErrorMessage = True  # without it Excel takes any number and says nothing
    check.add(f"{get_column_letter(percents.first)}2:{get_column_letter(percents.last)}{last_row}")
    page.add_data_validation(check)
