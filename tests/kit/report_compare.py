"""Reads out of a table of a report, of an old version or of this one, what may never differ: points, verdicts, states.

The layout may: a column head is a question's id, and since then its title too; names and units are columns where they
were asked for; the notes have become more; a verdict was followed by an hour's "(sau hạn nộp)".
"""

from __future__ import annotations

import csv
import io
import re
from typing import Any

_CODE, _NOTES, _NAMED = "Mã học viên", "Ghi chú", ("Họ tên", "Đơn vị")
_QUESTION = re.compile(r"((?:bt|thi)\w*-q\d+)(?:: .*)?", re.DOTALL)


def told(table: bytes) -> dict[str, dict[str, str]]:
    """Return the rows of a table of people by code: points of each question, sums, verdict, state, version, hours."""
    rows = csv.DictReader(io.StringIO(table.decode("utf-8-sig")))
    return {row[_CODE]: {_key(key): _value(row[key]) for key in row if key not in {_NOTES, *_NAMED}} for row in rows}


def only_of(before: dict[str, dict[str, str]], now: dict[str, dict[str, str]]) -> dict[str, dict[str, Any]]:
    """Return of the rows of ``now`` what ``before`` told too; people and columns that are new are left out."""
    return {code: {key: now.get(code, {}).get(key) for key in row} for code, row in before.items()}


def notes(table: bytes) -> dict[str, set[str]]:
    """Return the notes on each person, one by one."""
    rows = csv.DictReader(io.StringIO(table.decode("utf-8-sig")))
    return {row[_CODE]: set(filter(None, (row[_NOTES] or "").split("; "))) for row in rows if _NOTES in row}


def first_sheet(workbook: bytes, unit: str) -> str:
    """Return the sheet that is printed as text, a line a row, without the day on which it was made.

    How to have names in it stood in its fifth line and was printed: it is on the last sheet now, and put back here as
    the command that it was. The unit's own name stood before its title.
    """
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(workbook))
    page, hint = book.worksheets[0], str(book.worksheets[-1].cell(book.worksheets[-1].max_row, 2).value)
    assert hint.startswith("Muốn có họ tên")
    assert not page["A5"].value
    page["A5"] = f"{hint.partition(':')[0]}: buuchinh report {unit} --names"
    page["A2"] = str(page["A2"].value).replace("KẾT QUẢ: ", f"KẾT QUẢ {unit}: ", 1)
    rows = (["" if cell.value is None else str(cell.value) for cell in row] for row in page)
    lines = ("\t".join(row).rstrip("\t") for row in rows)
    return "".join(f"{re.sub(r'Lập bảng ngày [0-9-]+', 'Lập bảng ngày (...)', line)}\n" for line in lines)


def _key(head: str) -> str:
    found = _QUESTION.fullmatch(head)
    return found[1] if found else head


def _value(cell: str | None) -> str:
    return (cell or "").removesuffix(" (sau hạn nộp)")
