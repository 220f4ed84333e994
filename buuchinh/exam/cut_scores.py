"""Cut scores by judges with their standard errors; whether a result is within one standard error of the pass mark.

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

    @property
    def test_form(self) -> tuple[str, str, str]:
        """Exam, form and version that the score is for."""
        return self.unit, self.form, self.version


def path() -> Path:
    """Return the path of the table of cut scores."""
    return course.root() / STANDARDS


def standards() -> list[Standard]:
    """Return every cut score that was set; none where the file is missing or is not what ``store`` writes."""
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
    """Return the cut score of one form, None where none was set."""
    return next((score for score in standards() if score.test_form == (unit, form, version)), None)


def store(new: list[Standard]) -> None:
    """Write cut scores into the table; they replace earlier ones of the same forms."""
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
    """Whether a share of the points is below the pass mark by no more than one standard error."""
    return stored is not None and pass_mark - stored.se <= share < pass_mark
