"""The class list: read as Excel saves it, codes made where they are missing, written back to be handed out.

Only codes go into nbgrader's gradebook; names stay in the instructor's own file unless
they are asked for.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from buuchinh import codes, spreadsheet
from buuchinh.errors import KitError, Problem
from buuchinh.files import write_bytes
from buuchinh.grading import gradebook
from buuchinh.messages import say, section
from buuchinh.text import fold

PREFIX = "HV"


@dataclass(frozen=True)
class Roster:
    """A class list: ``headers`` and ``rows`` as they stand in the file, each row with its code in ``codes``."""

    path: Path
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    codes: tuple[str, ...]
    made: frozenset[str]
    names: tuple[str, ...]


def load(path: Path, *, prefix: str = PREFIX, taken: Sequence[str] = ()) -> Roster:
    """Read a list (CSV or xlsx) and make the codes that are missing, apart from those that are ``taken``.

    Raises ``KitError`` with every fault and its line: a mistyped code, one that stands twice.
    """
    lines = [(number, _trimmed(row)) for number, row in spreadsheet.rows(path) if any(row)]
    if not lines:
        raise KitError([Problem(path.name, 0, say("roster.empty"))])
    first, headers = lines[0]
    columns = _columns(headers)
    if "code" not in columns and "name" not in columns:
        raise KitError([Problem(path.name, first, say("roster.no_header"), say("roster.no_header_way_out"))])
    rows = lines[1:]
    if not rows:
        raise KitError([Problem(path.name, first, say("roster.empty"))])
    given = _given(path.name, rows, columns.get("code"))
    kept = [index for index in range(len(headers)) if index != columns.get("code")]
    cells = [tuple(row[index] if index < len(row) else "" for index in kept) for _, row in rows]
    earlier = _handed_out(path)
    given = [code or earlier.pop(_safe(row), None) for code, row in zip(given, cells, strict=True)]
    fresh = _numbered(prefix, {*taken, *filter(None, given)})
    filled = [code or next(fresh) for code in given]
    names = [row[columns["name"]] if "name" in columns and columns["name"] < len(row) else "" for _, row in rows]
    made = frozenset(code for code, known in zip(filled, given, strict=True) if known is None)
    return Roster(path, tuple(headers[index] for index in kept), tuple(cells), tuple(filled), made, tuple(names))


def enrol(roster: Roster, *, keep_names: bool = False) -> int:
    """Put the trainees into nbgrader's gradebook and return how many are new; nobody is taken out."""
    new = 0
    with gradebook.opened() as book:
        known = {student.id for student in book.students}
        for code, name in zip(roster.codes, roster.names, strict=True):
            new += code not in known
            book.update_or_create_student(code, **({"last_name": name} if keep_names and name else {}))
    return new


def hand_out(roster: Roster) -> tuple[Path, Path]:
    """Write the list with its codes beside the original, as CSV and as xlsx, and return both paths."""
    headers = (say("roster.code"), *roster.headers)
    rows = [(code, *row) for code, row in zip(roster.codes, roster.rows, strict=True)]
    stem = _stem(roster.path)
    _set_aside(stem.with_suffix(".csv"), set(roster.codes))
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerows([headers, *map(_safe, rows)])
    write_bytes(stem.with_suffix(".csv"), text.getvalue().encode("utf-8-sig"))
    write_bytes(stem.with_suffix(".xlsx"), _workbook(headers, rows))
    return stem.with_suffix(".csv"), stem.with_suffix(".xlsx")


def _set_aside(made: Path, known: set[str]) -> None:
    """Keep an earlier list that holds codes of other people: nowhere else do they stand beside a name."""
    if not made.is_file():
        return
    earlier = {row[0] for _, row in spreadsheet.rows(made) if row and codes.valid(row[0])}
    if earlier - known:
        stamp = datetime.fromtimestamp(made.stat().st_mtime).astimezone()
        made.replace(made.with_name(f"{made.stem}-{stamp:%Y%m%d-%H%M%S}.csv"))


def _stem(path: Path) -> Path:
    return path.with_name(f"{path.stem}{say('roster.suffix')}")


def _handed_out(path: Path) -> dict[tuple[str, ...], str]:
    """Return the codes that an earlier run gave to the rows of this list: a second run makes no second code."""
    made = _stem(path).with_suffix(".csv")
    if not made.is_file():
        return {}
    rows = [row for _, row in spreadsheet.rows(made)][1:]
    return {tuple(row[1:]): codes.normalise(row[0]) for row in rows if row and codes.valid(row[0])}


def _given(name: str, rows: Sequence[tuple[int, list[str]]], column: int | None) -> list[str | None]:
    """Return the code of each row, None where there is none yet; all faults at once."""
    given: list[str | None] = []
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    for line, row in rows:
        typed = row[column] if column is not None and column < len(row) else ""
        if not typed:
            given.append(None)
            continue
        try:
            code = codes.normalise(typed)
        except KitError as error:
            problems += [Problem(name, line, problem.message) for problem in error.problems]
            continue
        if code in seen:
            problems.append(Problem(name, line, say("roster.twice", code=code, line=seen[code])))
        seen.setdefault(code, line)
        given.append(code)
    if problems:
        raise KitError(problems)
    return given


def _numbered(prefix: str, taken: set[str]) -> Any:
    """Give new codes ``HV-0001-…`` upwards, past every number that is taken."""
    made = (codes.make(f"{prefix}{number:04d}") for number in range(1, 100_000))
    return (code for code in made if code not in taken)


def _columns(headers: Sequence[str]) -> dict[str, int]:
    """Return which column holds what, by the headers that people write."""
    words: dict[str, list[str]] = section("roster")["headers"]
    found: dict[str, int] = {}
    for index, header in enumerate(headers):
        plain = re.sub(r"[^a-z0-9 ]", " ", fold(header))
        plain = " ".join(plain.split())
        for name, known in words.items():
            if plain in known:
                found.setdefault(name, index)
    return found


def _trimmed(row: list[str]) -> list[str]:
    """Leave out the empty cells at the end, which a sheet has without number."""
    while row and not row[-1]:
        row = row[:-1]
    return row


def _safe(row: Sequence[str]) -> tuple[str, ...]:
    """Keep Excel from running a name that begins like a formula."""
    return tuple(f"'{cell}" if cell[:1] in {"=", "+", "-", "@"} else cell for cell in row)


def _workbook(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    sheet = book.active
    sheet.title = say("roster.sheet")
    for line, row in enumerate([headers, *rows], 1):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(line, column, value)
            cell.data_type = "s"
            cell.number_format = "@"
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for index, header in enumerate(headers):
        widest = max(len(str(row[index])) for row in [headers, *rows])
        sheet.column_dimensions[sheet.cell(1, index + 1).column_letter].width = min(max(widest, len(header)) + 3, 50)
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
