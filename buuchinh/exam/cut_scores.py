"""Stores cut scores by judges with their standard errors, and says whether a result is within one of the pass mark.

``exam/angoff/ket-qua.csv`` is written by ``buuchinh exam angoff``; without it there is no band.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from buuchinh import course, spreadsheet
from buuchinh.errors import KitError
from buuchinh.files import write_text

STANDARDS = "exam/angoff/ket-qua.csv"
COLUMNS = ("unit", "form", "version", "judges", "cut", "se")


@dataclass(frozen=True)
class Standard:
    """The cut score of one test form by judges, and its standard error, both as shares of the points."""

    unit: str
    form: str
    version: str
    judges: int
    cut: float
    se: float


def path() -> Path:
    """Return the path of the table of standards."""
    return course.root() / STANDARDS


def standards() -> list[Standard]:
    """Return every standard that was set; none where the file is missing or is not what ``keep`` writes."""
    if not path().is_file():
        return []
    try:
        rows = [dict(zip(COLUMNS, cells, strict=True)) for _, cells in spreadsheet.rows(path())[1:]]
        return [
            Standard(row["unit"], row["form"], row["version"], int(row["judges"]), float(row["cut"]), float(row["se"]))
            for row in rows
        ]
    except (KitError, ValueError):
        return []


def standard(unit: str, form: str, version: str) -> Standard | None:
    """Return the standard of one form, None where none was set."""
    return next((one for one in standards() if (one.unit, one.form, one.version) == (unit, form, version)), None)


def keep(found: list[Standard]) -> None:
    """Store standards; they replace earlier ones of the same forms."""
    new = {(one.unit, one.form, one.version) for one in found}
    kept = [one for one in standards() if (one.unit, one.form, one.version) not in new]
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(COLUMNS)
    for one in sorted([*kept, *found], key=lambda one: (one.unit, one.version, one.form)):
        table.writerow((one.unit, one.form, one.version, one.judges, f"{one.cut:.4f}", f"{one.se:.4f}"))
    write_text(path(), out.getvalue())


def near(share: float, pass_mark: float, found: Standard | None) -> bool:
    """Whether a share of the points is below the pass mark by no more than one standard error."""
    return found is not None and pass_mark - found.se <= share < pass_mark
