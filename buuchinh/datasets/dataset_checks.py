"""Validate the Data Package and report all problems at once, each with its file and line number."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

from buuchinh.datasets.descriptor import Field, ForeignKey, resources
from buuchinh.datasets.table import Row, Table, scan
from buuchinh.errors import KitError, Problem


def check(package: Path | None = None) -> list[Problem]:
    """Validate the descriptor and all tables; return a list of problems, which is empty if everything is valid.

    The rules cover types, required cells, enumerations, patterns, bounds, primary and foreign keys, periods (first day
    before last, no overlap for the same id), Unicode form and stray spaces. Content, such as the results of formulas
    and references to the law, is checked by the package for each subject, which reports its own problems.
    """
    try:
        known = resources(package)
    except KitError as error:
        return error.problems
    tables = {name: scan(resource) for name, resource in known.items()}
    problems: list[Problem] = []
    for table in tables.values():
        problems += table.problems
        problems += _form(table)
        for row in table.rows:
            for field in table.resource.fields:
                problems += _cell(table, row, field)
        problems += _primary_key(table)
        problems += _periods(table)
        for reference in _references(table):
            problems += _foreign_key(table, reference, tables)
    return sorted(problems, key=lambda p: (p.path, p.line))


def _form(table: Table) -> Iterator[Problem]:
    """Yield a warning if Excel has changed a file's form; the course's files use commas, LF and no byte order mark.

    Such a file can still be read.
    """
    try:
        data = table.resource.path.read_bytes()
    except OSError:
        return
    if table.from_excel or data.startswith(b"\xef\xbb\xbf") or b"\r" in data:
        problem = table.problem(1, "excel_form")
        yield Problem(problem.path, problem.line, problem.message, problem.way_out, level="warning")


def _cell(table: Table, row: Row, field: Field) -> Iterator[Problem]:
    cell, value = row.cells[field.name], row[field.name]
    if cell != cell.strip() or "  " in cell:
        yield table.problem(row.line, "spaces", column=field.name)
    if not unicodedata.is_normalized("NFC", cell):
        yield table.problem(row.line, "not_nfc", column=field.name)
    if not cell.strip():
        if field.required:
            yield table.problem(row.line, "required", column=field.name)
        return
    texts = value if isinstance(value, tuple) else (cell.strip(),)
    for text in texts:
        if field.enum and text not in field.enum:
            yield table.problem(row.line, "enum", column=field.name, cell=text, allowed=", ".join(field.enum))
        if field.pattern and not re.fullmatch(field.pattern, text):
            yield table.problem(row.line, "pattern", column=field.name, cell=text, pattern=field.pattern)
    if isinstance(value, int | float) and not isinstance(value, bool):
        too_low = field.minimum is not None and value < field.minimum
        too_high = field.maximum is not None and value > field.maximum
        if too_low or too_high:
            yield table.problem(row.line, "bounds", column=field.name, cell=cell)


def _primary_key(table: Table) -> Iterator[Problem]:
    seen: dict[tuple[str, ...], int] = {}
    if not table.resource.primary_key:
        return
    for row in table.rows:
        key = tuple(row.cells[name].strip() for name in table.resource.primary_key)
        if not all(key):
            names = ", ".join(table.resource.primary_key)
            yield table.problem(row.line, "empty_key", columns=names)
        elif key in seen:
            yield table.problem(row.line, "double_key", key=" · ".join(key), line=seen[key])
        else:
            seen[key] = row.line


def _references(table: Table) -> list[ForeignKey]:
    from_fields = [field.references for field in table.resource.fields if field.references]
    return [*table.resource.foreign_keys, *from_fields]


def _foreign_key(table: Table, reference: ForeignKey, tables: dict[str, Table]) -> Iterator[Problem]:
    target = tables.get(reference.resource)
    if target is None:
        yield table.problem(0, "no_target", resource=reference.resource)
        return
    known = {tuple(row.cells[name].strip() for name in reference.targets) for row in target.rows}
    for row in table.rows:
        first = row[reference.fields[0]]
        wanted: list[tuple[str, ...]]
        if isinstance(first, tuple):
            wanted = [(part,) for part in first]
        else:
            key = tuple(row.cells[name].strip() for name in reference.fields)
            wanted = [key] if all(key) else []
        for key in wanted:
            if key not in known:
                yield table.problem(
                    row.line,
                    "foreign_key",
                    column=", ".join(reference.fields),
                    cell=" · ".join(key),
                    resource=target.resource.shown_path,
                )


def _periods(table: Table) -> Iterator[Problem]:
    if not table.resource.periods:
        return
    by_id: dict[str, list[tuple[date, date, Row]]] = defaultdict(list)
    id_name, from_name, to_name = table.resource.periods
    for row in table.rows:
        start, end = row[from_name], row[to_name]
        if start and end and start >= end:
            yield table.problem(row.line, "period_order", start=start, end=end)
            continue
        by_id[row.cells[id_name].strip()].append((start or date.min, end or date.max, row))
    for identifier, periods in by_id.items():
        periods.sort(key=lambda period: period[:2])
        for (_, end, before), (start, _, row) in pairwise(periods):
            if start < end:
                yield table.problem(row.line, "overlap", id=identifier, line=before.line)
