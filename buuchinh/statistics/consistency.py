"""Compare figures in a source that should be equal, and report differences as findings without correcting them.

A finding is about the source; a fault in the course's own tables is a ``Problem`` (see ``figure_checks``).
"""

from __future__ import annotations

from dataclasses import dataclass

from buuchinh.datasets import Row, read
from buuchinh.errors import KitError
from buuchinh.messages import say
from buuchinh.statistics.figures import Figure, several, values
from buuchinh.statistics.formulas import evaluate, names, written
from buuchinh.text import format_number


@dataclass(frozen=True)
class Finding:
    """The comparison of a computed with a reported number; ``gap`` is the computed minus the reported number."""

    id: str
    title: str
    calculation: str
    reported_calculation: str
    computed: float
    reported: float
    gap: float
    tolerance_percent: float
    figures: tuple[Figure, ...]
    note: str

    @property
    def reported_words(self) -> str:
        """The reported number, followed by its calculation if it was calculated."""
        number = format_number(self.reported)
        if self.reported_calculation == number:
            return number
        return f"{number} (= {self.reported_calculation})"

    @property
    def agrees(self) -> bool:
        """Whether both numbers are equal within ``tolerance_percent``, which allows for rounding."""
        return abs(self.gap) <= abs(self.reported) * self.tolerance_percent / 100

    @property
    def words(self) -> str:
        """The finding on one line: ``1 + 9 = 10 ≠ 11, thiếu 1``."""
        direction = "short" if self.gap < 0 else "over"
        key = ("close" if self.gap else "equal") if self.agrees else direction
        return say(
            f"statistics.finding.{key}",
            computed=self.calculation,
            result=format_number(self.computed),
            reported=self.reported_words,
            gap=format_number(abs(self.gap)),
            tolerance=format_number(self.tolerance_percent),
        )

    def __str__(self) -> str:
        return self.words


def consistency() -> list[Finding]:
    """Return all comparisons listed in ``statistics/consistency``, including those that agree."""
    known = values()
    return [_finding(row, known) for row in read("statistics/consistency").rows]


def findings() -> list[Finding]:
    """Return the comparisons whose two numbers differ by more than the tolerance."""
    return [comparison for comparison in consistency() if not comparison.agrees]


def finding(id: str) -> Finding:  # noqa: A002 -- the table's own word
    """Return the comparison with this id; raise ``KitError`` if there is no such comparison."""
    for comparison in consistency():
        if comparison.id == id:
            return comparison
    raise KitError(say("statistics.finding.unknown", id=id))


def _finding(row: Row, known: dict[str, float]) -> Finding:
    computed, reported = evaluate(row["computed"], known), evaluate(row["reported"], known)
    return row.made_into(
        Finding,
        title=row["title_vi"],
        calculation=written(row["computed"], known),
        reported_calculation=written(row["reported"], known),
        computed=float(computed),
        reported=float(reported),
        gap=float(computed - reported),
        figures=tuple(several(names(row["computed"] + row["reported"]))),
    )
