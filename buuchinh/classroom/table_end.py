"""Detect rows of a class list that do not stand for trainees: totals, headings of groups, authors and signatures.

A row below the last total stands for a trainee only if it has a row number, code, birth date or staff number. In a
numbered list without a total, a row below the last row number must have one of these or an office. The heading of a
group, such as “II, Bưu cục Kon Tum”, stands for nobody.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from buuchinh.classroom import classlist
from buuchinh.text import fold

Line = tuple[int, list[str]]
_SUM = re.compile(
    r"(tổng cộng|tổng số|cộng)(?![^\W\d_]).*|(tong cong|tong so|cong)\s*([:.\d].*)?",
    re.DOTALL,
)
_NUMBER = re.compile(r"\d+[.)]?")
_GROUP = re.compile(r"(?:[IVX]+|[A-H])[.)]?")
"""Pattern for the sign that numbers a group of people, such as an office, between their rows."""


def is_sum(row: Sequence[str]) -> bool:
    """Return whether a row is a total, judged by its first cell: “Tổng cộng” is a total, but “Tống Công” is a name."""
    first = next(filter(None, row), "")
    return bool(_SUM.fullmatch(fold(first, marks=True)))


def without(lines: Sequence[Line], columns: Mapping[str, int], headers: Sequence[str]) -> set[int]:
    """Return the line numbers of rows that do not stand for trainees, even if their name column has text.

    ``lines`` are the rows below the headers, and ``columns`` maps known kinds of columns to 0-based indices.
    """
    counting, own = classlist.of_kind(headers, "counting"), classlist.of_kind(headers, "own")

    def has(row: Sequence[str], column: int | None) -> bool:
        return column is not None and column < len(row) and bool(row[column])

    def numbered(row: Sequence[str]) -> bool:
        return any(has(row, column) and _NUMBER.fullmatch(row[column]) for column in counting)

    def somebodys(row: Sequence[str]) -> bool:
        known = has(row, columns.get("code")) or any(has(row, column) and _is_own(row[column]) for column in own)
        return known or numbered(row)

    def is_group(row: Sequence[str]) -> bool:
        """Return whether a row of a numbered list is the heading of a group: “II”, “Bưu cục Kon Tum”, nothing else."""
        marked = [column for column in counting if has(row, column) and _GROUP.fullmatch(row[column])]
        return bool(marked) and len(numbers) > 1 and len(list(filter(None, row))) == len(marked) + 1

    named = [has(row, columns.get("name", columns.get("code"))) for _, row in lines]
    sums = [at for at, (_, row) in enumerate(lines) if is_sum(row) and not somebodys(row)]
    numbers = [at for at, (_, row) in enumerate(lines) if numbered(row)]
    last_sum = sums[-1] if sums and any(at not in sums and named[at] for at in range(sums[-1])) else len(lines)
    last_number = numbers[-1] if len(numbers) > 1 else len(lines)
    return {
        line
        for at, (line, row) in enumerate(lines)
        if not somebodys(row)
        and (at in sums or is_group(row) or at > last_sum or (at > last_number and not has(row, columns.get("office"))))
    }


def _is_own(cell: str) -> bool:
    """Return whether a cell has more digits than letters, as dates and staff numbers do.

    “Đà Nẵng, ngày 29 tháng 11 năm 2026” has not.
    """
    return sum(map(str.isdigit, cell)) > sum(map(str.isalpha, cell))
