"""Store the judges' cut scores with their standard errors, and recognise results just below the pass mark.

``buuchinh exam angoff`` writes the cut scores to ``exam/angoff/ket-qua.csv``. Without that file, no result counts as
near the pass mark.
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
    """The judges' cut score for one test form and its standard error, both as shares of the points (0 to 1)."""

    unit: str
    form: str
    version: str
    judges: int
    cut: float
    se: float

    @property
    def test_form(self) -> tuple[str, str, str]:
        """The unit, form and version to which the cut score applies."""
        return self.unit, self.form, self.version


def path() -> Path:
    """Return the path of the table of cut scores."""
    return course.root() / STANDARDS


def standards() -> list[Standard]:
    """Return all stored cut scores, or an empty list if the file is missing or is not in the format of ``store``."""
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
    """Return the cut score for one test form, or None if none has been set."""
    return next((score for score in standards() if score.test_form == (unit, form, version)), None)


def store(new: list[Standard]) -> None:
    """Write cut scores to the table, replacing earlier scores for the same test forms."""
    replaced = {score.test_form for score in new}
    unchanged = [score for score in standards() if score.test_form not in replaced]
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(COLUMNS)
    for score in sorted([*unchanged, *new], key=lambda score: (score.unit, score.version, score.form)):
        row = (*score.test_form, score.judges, f"{score.cut:.4f}", f"{score.se:.4f}")
        table.writerow(row)
    write_text(path(), out.getvalue())


def near(share: float, pass_mark: float, stored: Standard | None) -> bool:
    """Whether ``share`` is below ``pass_mark`` by at most one standard error of ``stored``; False if that is None."""
    return stored is not None and pass_mark - stored.se <= share < pass_mark
