"""Remove a trainee from files about several people: delete the trainee's rows, and blank out other occurrences.

Everything else in a list stays as it was saved: encoding, separator, layout and macros.
"""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from buuchinh import csv_text, spreadsheet
from buuchinh.errors import KitError
from buuchinh.files import write_bytes
from buuchinh.personal_data import lists
from buuchinh.personal_data.traces import Traces

TEXTS = frozenset({".json", ".txt", ".html", ".ipynb", ".md", ".ics", ".toml", ".tsv", ".csv", ".jsonl", ".log"})
_TABLES = frozenset({".csv", ".tsv"})
Blank = Callable[[str], str]


def take_out(path: Path, traces: Traces, blank: Blank) -> bool:
    """Remove the trainee's rows and entries from a file about several people, and clean other text with ``blank``.

    Return whether the file no longer contains the trainee's code.
    """
    try:
        data = _without(path, traces, blank)
    except (KitError, ValueError, RecursionError):
        return False
    write_bytes(path, data)
    return not traces.in_data(path.name, data)


def blank_text(path: Path, blank: Blank) -> None:
    """Clean the content of a text file with ``blank``; files of other types stay unchanged."""
    if path.suffix.lower() in TEXTS:
        text, encoding = csv_text.decoded(path.read_bytes())
        write_bytes(path, _encoded(blank(text), encoding))


def _without(path: Path, traces: Traces, blank: Blank) -> bytes:
    kind = path.suffix.lower()
    if kind in spreadsheet.WORKBOOKS:
        return _workbook(path, traces, blank)
    data = path.read_bytes()
    if kind not in TEXTS:
        return data
    text, encoding = csv_text.decoded(data)
    if kind in _TABLES:
        text = blank(_table(text, kind, traces))
    elif kind == ".json":
        text = blank(_json(text, traces))
    else:
        lines = io.StringIO(text, newline="")
        text = blank("".join(line for line in lines if not _is_about(line, kind, traces)))
    return _encoded(text, encoding)


def _encoded(text: str, encoding: str) -> bytes:
    """Encode ``text`` in its original encoding; the Vietnamese code page cp1258 stores tone marks separately."""
    if encoding != "cp1258":
        return text.encode(encoding)
    return b"".join(map(_as_windows, text))


def _as_windows(sign: str) -> bytes:
    try:
        return sign.encode("cp1258")
    except UnicodeEncodeError:
        letter, tone = unicodedata.normalize("NFD", sign)[:-1], unicodedata.normalize("NFD", sign)[-1]
        return unicodedata.normalize("NFC", letter).encode("cp1258", "replace") + tone.encode("cp1258", "replace")


def _table(text: str, kind: str, traces: Traces) -> str:
    """Return the text of a table without the trainee's rows; all other rows stay as written."""
    rows = list(_records(list(io.StringIO(text, newline="")), kind))
    column = lists.column_of_codes([cells for _, cells in rows])
    return "".join(written for written, cells in rows if not lists.is_row_of(traces, cells, column))


def _records(lines: Sequence[str], kind: str) -> Iterator[tuple[str, list[str]]]:
    """Yield (row as written, cells) for each row; in a tab-separated log, quotation marks are ordinary characters."""
    if kind == ".tsv":
        yield from ((line, line.rstrip("\r\n").removeprefix("\ufeff").split("\t")) for line in lines)
        return
    reader = csv.reader(lines, delimiter=csv_text.separator("".join(lines)))
    done = 0
    try:
        for cells in reader:
            yield "".join(lines[done : reader.line_num]), cells
            done = reader.line_num
    except csv.Error as error:
        raise ValueError from error


def _is_about(line: str, kind: str, traces: Traces) -> bool:
    """Return whether a line in a JSON Lines journal is an entry about the trainee."""
    if kind != ".jsonl":
        return False
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(entry, dict) and any(map(traces.is_code, entry.values()))


def _json(text: str, traces: Traces) -> str:
    value = json.loads(text.removeprefix("\ufeff"))
    if not isinstance(value, dict | list):
        return text
    one_line = "\n" not in text.strip()
    layout: dict[str, Any] = {"separators": (",", ":")} if one_line else {"indent": 2}
    return json.dumps(_without_entries(value, traces), ensure_ascii=False, **layout) + ("" if one_line else "\n")


def _without_entries(node: Any, traces: Traces) -> Any:
    """Return JSON data without the trainee's entries, which have the trainee's code as a key or as a value."""
    if isinstance(node, dict):
        return {key: _without_entries(one, traces) for key, one in node.items() if not traces.is_code(key)}
    if isinstance(node, list):
        return [
            _without_entries(one, traces)
            for one in node
            if not traces.is_code(one) and not (isinstance(one, dict) and any(map(traces.is_code, one.values())))
        ]
    return node


def _workbook(path: Path, traces: Traces, blank: Blank) -> bytes:
    """Return a workbook in which the trainee's rows are empty; deleting them would shift references in formulas."""
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(path.read_bytes()), keep_vba=path.suffix.lower() == ".xlsm", rich_text=True)
        for sheet in book.worksheets:
            rows = list(sheet.iter_rows())
            texts = [["" if cell.value is None else str(cell.value) for cell in row] for row in rows]
            column = lists.column_of_codes(texts)
            for row, cells in zip(rows, texts, strict=True):
                gone = lists.is_row_of(traces, cells, column)
                for cell in row:
                    _clean(cell, blank, gone=gone)
        out = io.BytesIO()
        book.save(out)
        if book.vba_archive:
            book.vba_archive.close()
    except Exception as error:  # openpyxl lets errors of the zip and XML readers through
        raise ValueError(path.name) from error
    return out.getvalue()


def _clean(cell: Any, blank: Blank, *, gone: bool) -> None:
    if type(cell).__name__ == "MergedCell":  # a part of a merged cell, without a value of its own
        return
    if gone:
        cell.value = cell.comment = cell.hyperlink = None
        return
    if isinstance(cell.value, str | list):
        text = str(cell.value)
        if (cleaned := blank(text)) != text:
            cell.value = cleaned
    if cell.comment and (cleaned := blank(cell.comment.text)) != cell.comment.text:
        cell.comment.text = cleaned
