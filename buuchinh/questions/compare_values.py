"""Compare submitted values with expected ones: numbers, strings, lists and tables.

All values are JSON values. An empty cell is ``None``, and a number that is not finite never equals anything.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Any

from buuchinh.questions.pairing import paired
from buuchinh.text import fold

LONGEST = 5_000
"""The maximum number of list entries, table rows or string characters that are compared."""

_SLACK, _LEAST = 1e-9, 1e-12
_OTHER = "no cell"
"""A marker for a cell that is not a string, number, boolean or None; such a cell equals no other cell."""
_EXACT = 2**53 - 1
"""The largest integer up to which a float represents every integer exactly."""


def close(actual: float, expected: float, tolerance: float, *, relative: bool) -> bool:
    """Whether ``actual`` and ``expected`` differ by at most ``tolerance``.

    If ``relative`` is true, ``tolerance`` is a share of ``expected``. Floating-point error in the last digit is allowed
    for, except between two integers, which are compared exactly.
    """
    allowed = tolerance * abs(expected) if relative else tolerance
    return math.isfinite(actual) and abs(actual - expected) <= allowed + _slack(actual, expected, allowed)


def reach(expected: float, tolerance: float, *, relative: bool) -> float:
    """Return the greatest distance from ``expected`` at which a number can still be close to it."""
    allowed = tolerance * abs(expected) if relative else tolerance
    return allowed + max(_LEAST, _SLACK * abs(expected), _SLACK * allowed)


def _slack(actual: float, expected: float, allowed: float) -> float:
    whole = actual.is_integer() and expected.is_integer() and max(abs(actual), abs(expected)) <= _EXACT
    return _SLACK * allowed if whole else max(_LEAST, _SLACK * abs(expected))


def is_number(value: object) -> bool:
    """Whether ``value`` is a finite number in JSON; booleans do not count as numbers."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    try:
        return math.isfinite(value)
    except OverflowError:
        return False


def is_kind(kind: str, value: object) -> bool:
    """Whether ``value`` is of ``kind``: "number", "integer", "text", "list" or "table"."""
    match kind:
        case "number":
            return is_number(value)
        case "integer":
            return is_number(value) and float(value) == math.floor(float(value))  # type: ignore[arg-type]  # checked by is_number
        case "text":
            return isinstance(value, str) and len(value) <= LONGEST
        case "list":
            return isinstance(value, list) and len(value) <= LONGEST
        case "table":
            return _is_table(value)
        case _:
            return False


def share_equal(
    kind: str, actual: Any, expected: Any, tolerance: float, *, relative: bool, row_order: bool = False
) -> float:
    """Return the share (0 to 1) of ``expected`` that ``actual`` matches.

    For a table, this is the share of right rows; for any other kind, it is 0 or 1. It is 0 if either value is not of
    ``kind``. If ``row_order`` is true, the rows of a table must also be in the expected order.
    """
    if not (is_kind(kind, actual) and is_kind(kind, expected)):
        return 0.0
    if kind == "table":
        return _share_of_rows(actual, expected, tolerance, relative=relative, row_order=row_order)
    if kind == "list":
        return float(_same_cells(actual, expected, tolerance, relative=relative))
    return float(_same_cell(actual, expected, tolerance, relative=relative))


def _same_cell(actual: Any, expected: Any, tolerance: float, *, relative: bool) -> bool:
    if expected is None:
        return actual is None
    if isinstance(expected, bool) or isinstance(actual, bool):
        return actual is expected
    if isinstance(expected, str):
        return isinstance(actual, str) and fold(actual[:LONGEST], marks=True) == fold(expected, marks=True)
    both = is_number(actual) and is_number(expected)
    return both and close(float(actual), float(expected), tolerance, relative=relative)


def _same_cells(actual: Sequence[Any], expected: Sequence[Any], tolerance: float, *, relative: bool) -> bool:
    return len(actual) == len(expected) and all(
        _same_cell(one, other, tolerance, relative=relative) for one, other in zip(actual, expected, strict=True)
    )


def _is_table(value: object) -> bool:
    if not isinstance(value, dict) or not isinstance(value.get("columns"), list):
        return False
    columns, rows = value["columns"], value.get("rows")
    if not isinstance(rows, list) or len(rows) > LONGEST or len(columns) > LONGEST:
        return False
    names = all(isinstance(name, str) for name in columns) and len(set(columns)) == len(columns)
    return names and all(isinstance(row, list) and len(row) == len(columns) for row in rows)


def _share_of_rows(actual: Any, expected: Any, tolerance: float, *, relative: bool, row_order: bool) -> float:
    """Return the share of right rows; columns are matched by name, and an extra row costs as much as a missing one."""
    columns = expected["columns"]
    if any(name not in actual["columns"] for name in columns):
        return 0.0
    places = [actual["columns"].index(name) for name in columns]
    rows = [[row[place] for place in places] for row in actual["rows"]]
    wanted = list(expected["rows"])
    most = max(len(rows), len(wanted))
    if not most:
        return 1.0
    if row_order:
        right = sum(
            _same_cells(one, other, tolerance, relative=relative) for one, other in zip(rows, wanted, strict=False)
        )
        return right / most
    return matched(rows, wanted, tolerance, relative=relative) / most


def matched(rows: Sequence[Any], wanted: Sequence[Any], tolerance: float, *, relative: bool) -> int:
    """Return the number of rows in ``wanted`` that can each be matched with a different, equal row in ``rows``.

    Order does not matter. Equal rows have strings, blanks and numbers in the same columns. If a number is close to
    several others, the rows are matched so that the count is as large as possible.
    """
    offered: dict[tuple[Any, ...], list[list[float]]] = {}
    for row in rows:
        kind, numbers = _split(row)
        offered.setdefault(kind, []).append(numbers)
    for alike in offered.values():
        alike.sort(key=lambda numbers: numbers[:1])
    asked: dict[tuple[Any, ...], list[list[float]]] = {}
    for row in wanted:
        kind, numbers = _split(row)
        asked.setdefault(kind, []).append(numbers)
    count = 0
    for kind, rows_asked in asked.items():
        alike = offered.get(kind, [])
        if _OTHER in kind or not alike:
            continue
        firsts = [numbers[0] for numbers in alike if numbers]
        count += len(paired([_near(one, alike, firsts, tolerance, relative=relative) for one in rows_asked]))
    return count


def _split(row: Sequence[Any]) -> tuple[tuple[Any, ...], list[float]]:
    """Split a row into the cells that must be equal in both rows and the numbers, which need only be close."""
    kind: list[Any] = []
    numbers: list[float] = []
    for cell in row:
        if isinstance(cell, str):
            kind.append(("text", fold(cell[:LONGEST], marks=True)))
        elif is_number(cell):
            kind.append("number")
            numbers.append(float(cell))
        else:
            kind.append((cell,) if cell is None or isinstance(cell, bool) else _OTHER)
    return tuple(kind), numbers


def _near(
    numbers: list[float], alike: list[list[float]], firsts: list[float], tolerance: float, *, relative: bool
) -> list[int]:
    """Return the 0-based positions in ``alike`` of the rows that are close to ``numbers``.

    ``alike`` is sorted by the rows' first numbers, which ``firsts`` contains.
    """
    start, end = 0, len(alike)
    if firsts:
        far = reach(numbers[0], tolerance, relative=relative)
        start, end = bisect_left(firsts, numbers[0] - far), bisect_right(firsts, numbers[0] + far)
    return [
        place
        for place in range(start, end)
        if all(
            close(actual, right, tolerance, relative=relative)
            for actual, right in zip(alike[place], numbers, strict=True)
        )
    ]
