"""Tables as people save them: CSV of any separator and encoding that Excel writes, or an Excel workbook."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from buuchinh.errors import KitError, Problem
from buuchinh.files import reason
from buuchinh.messages import say
from buuchinh.text import nfc, visible

WORKBOOKS = (".xlsx", ".xlsm")
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_MOST_ROWS, _MOST_COLUMNS = 20_000, 40


def rows(path: Path) -> list[tuple[int, list[str]]]:
    """Return each row of a CSV file or of a workbook's first sheet with its line: cells as text, NFC, trimmed.

    What a terminal or a workbook would obey is left out (``text.visible``).
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
    text = _decoded(path.name, data)
    head = text.split("\n", 1)[0]
    separator = max(";,\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
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


def _decoded(name: str, data: bytes) -> str:
    """Decode what Excel may write: UTF-8 with or without a mark, UTF-16, the Vietnamese code page."""
    fault = Problem(name, 0, say("files.spreadsheet.encoding"), say("files.spreadsheet.save_as_utf8"))
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                raise KitError([fault]) from error
    for encoding in ("utf-8", "cp1258"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise KitError([fault])


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
    return visible(nfc(str(value)), lines=True).strip()
