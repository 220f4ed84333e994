"""Read CSV files into typed rows that know their line numbers, recording problems instead of raising exceptions."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Any, TypeVar, get_origin, get_type_hints

from buuchinh.datasets.descriptor import DESCRIPTOR, Field, Resource, folder, resource
from buuchinh.errors import KitError, Problem
from buuchinh.messages import say
from buuchinh.parsed import FrozenDict, once, parsed
from buuchinh.text import parse_date

T = TypeVar("T")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?")
_EXCEL_NUMBER = re.compile(r"[+-]?\d+(,\d+)?")
_INTEGER = re.compile(r"[+-]?\d+")
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_TRUTH = {"true": True, "false": False}


@dataclass(frozen=True)
class Row:
    """One record: its first line in the file (1-based), its cells as text, and its typed values (None if empty)."""

    line: int
    cells: dict[str, str]
    values: dict[str, Any]

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    def made_into(self, record: Callable[..., T], **more: Any) -> T:
        """Return a dataclass with fields named like columns (``from_`` like ``from``), except for those in ``more``.

        An empty cell becomes "" in a field for text, () in one for a tuple, and None in any other.
        """
        cells = {name: self.values.get(name.rstrip("_")) for name in _empty(record)}
        return record(**{name: _empty(record)[name] if cell is None else cell for name, cell in cells.items()} | more)


@cache
def _empty(record: Callable[..., Any]) -> dict[str, Any]:
    """Return what an empty cell becomes, by field of a dataclass."""
    kinds = get_type_hints(record).items()
    return {name: "" if kind is str else () if get_origin(kind) is tuple else None for name, kind in kinds}


@dataclass(frozen=True)
class Table:
    """The contents of one file: its rows, and a problem for each fault; all callers share the same object."""

    resource: Resource
    rows: Sequence[Row] = ()
    problems: Sequence[Problem] = ()
    from_excel: bool = False

    def problem(self, line: int, fault: str, /, **values: object) -> Problem:
        """Return a problem at ``line`` of this file, with the message ``datasets.<fault>``."""
        path = self.resource.shown_path
        return Problem(path, line, say(f"datasets.{fault}", **values), _way_out(fault, **values))


def read(name: str, package: Path | None = None) -> Table:
    """Read one table of the Data Package, and accept no faults.

    Raise ``KitError`` with all problems in the file, such as a wrong encoding, wrong columns or wrong types.
    """
    table = scan(resource(name, package))
    if table.problems:
        raise KitError(table.problems)
    return table


def scan(wanted: Resource) -> Table:
    """Read the file of the table ``wanted`` as far as possible, collecting faults in ``problems``.

    Files saved by Excel are accepted too: with commas or semicolons, with or without a byte order mark, and with any
    line ending. If the separator is a semicolon, decimal commas and dates such as 24/11/2021 are accepted, because
    Excel then writes both.
    """
    return parsed(partial(_scan, wanted), wanted.path, key=wanted)


def made_of(make: Callable[[], T], *names: str) -> T:
    """Return the result of ``make()``, cached until one of the tables ``names`` or the descriptor changes.

    ``make`` must be a module-level function that reads only those tables and returns an immutable value.
    """
    made: T = once(_made_of, make, *names)
    return made


def _made_of(make: Callable[[], T], *names: str) -> T:
    paths = [resource(name).path for name in names]
    return parsed(partial(_made, make), folder() / DESCRIPTOR, *paths, key=make)


def _made(make: Callable[[], T], _: Path) -> T:
    return make()


def _scan(wanted: Resource, _: Path) -> Table:
    rows: list[Row] = []
    problems: list[Problem] = []
    text = _text(Table(wanted), problems)
    if text is None:
        return Table(wanted, (), tuple(problems))
    first = text.split("\n", 1)[0]
    table = Table(wanted, rows, problems, from_excel=";" in first and "," not in first)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if table.from_excel else ",", strict=True)
    names = [f.name for f in wanted.fields]
    start = 1
    try:
        header = [name.strip() for name in next(reader, [])]
        if sorted(header) != sorted(names):
            return replace(table, problems=tuple(_header(table, header, names)))
        start = reader.line_num + 1
        for cells in reader:
            if any(cells):
                _row(table, start, header, cells, rows, problems)
            start = reader.line_num + 1
    except csv.Error as error:
        problems.append(table.problem(start, "broken_csv", detail=str(error)))
    return replace(table, rows=tuple(rows), problems=tuple(problems))


def _text(table: Table, problems: list[Problem]) -> str | None:
    try:
        data = table.resource.path.read_bytes()
    except OSError:
        problems.append(table.problem(0, "missing_file"))
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problems.append(table.problem(line, "not_utf8"))
        return None


def _header(table: Table, header: list[str], names: list[str]) -> list[Problem]:
    problems = [table.problem(1, "missing_column", name=name) for name in names if name not in header]
    problems += [table.problem(1, "extra_column", name=name) for name in header if name not in names]
    twice = sorted({name for name in header if header.count(name) > 1})
    problems += [table.problem(1, "double_column", name=name) for name in twice]
    return problems


def _row(
    table: Table, line: int, header: list[str], cells: list[str], rows: list[Row], problems: list[Problem]
) -> None:
    if len(cells) != len(header):
        problems.append(table.problem(line, "cell_count", found=len(cells), expected=len(header)))
        return
    by_name = dict(zip(header, cells, strict=True))
    values: dict[str, Any] = {}
    for column in table.resource.fields:
        cell = by_name[column.name].strip()
        try:
            values[column.name] = _value(column, cell, excel=table.from_excel) if cell else None
        except ValueError:
            values[column.name] = None
            wanted = say(f"datasets.type.{column.type}")
            fault = table.problem(line, "bad_type", column=column.name, cell=cell, wanted=wanted)
            problems.append(fault)
    rows.append(Row(line, FrozenDict(by_name), FrozenDict(values)))


def _value(column: Field, cell: str, *, excel: bool) -> Any:
    """Convert a cell to the type of its column and return the value; raise ``ValueError`` if the cell is invalid."""
    match column.type:
        case "integer" | "year":
            return int(_matched(_INTEGER, cell))
        case "number":
            if excel and _EXCEL_NUMBER.fullmatch(cell):
                cell = cell.replace(",", ".")
            return float(_matched(_NUMBER, cell))
        case "boolean":
            if cell.lower() not in _TRUTH:
                raise ValueError(cell)
            return _TRUTH[cell.lower()]
        case "date":
            if excel and not _ISO_DATE.fullmatch(cell):
                return parse_date(cell)
            return date.fromisoformat(_matched(_ISO_DATE, cell))
        case "list":
            return tuple(part.strip() for part in cell.split(column.delimiter) if part.strip())
        case _:
            return cell


def _matched(pattern: re.Pattern[str], cell: str) -> str:
    if not pattern.fullmatch(cell):
        raise ValueError(cell)
    return cell


def _way_out(fault: str, /, **values: object) -> str:
    try:
        return say(f"datasets.way_out.{fault}", **values)
    except KeyError:
        return ""
