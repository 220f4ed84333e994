"""A figure against its goal, and the page that shows them all."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass
from importlib.metadata import version

_PACKAGES = ("nbgrader", "pandas", "matplotlib", "ipython")


@dataclass(frozen=True)
class Took:
    """Seconds for a number of hand-ins, start-up included, and the most memory that the command's own process held."""

    seconds: float
    count: int
    memory: float = 0.0

    def __str__(self) -> str:
        """Return it as it stands in the table."""
        return f"{self.seconds:.1f} s for {self.count}"


@dataclass(frozen=True)
class Row:
    """One ratio and the bound that it is to reach: from below (``≥``) or from above (``≤``)."""

    figure: str
    sign: str
    bound: float
    ratio: float
    how: str

    @property
    def met(self) -> bool:
        """Whether the goal is reached."""
        return self.ratio >= self.bound if self.sign == "≥" else self.ratio <= self.bound

    def line(self) -> str:
        """Return the row as Markdown."""
        met = "yes" if self.met else "**no**"
        return f"| {self.figure} | {self.sign} {self.bound:g}× | {self.ratio:.3g}× | {met} | {self.how} |"


def page(rows: list[Row], notes: list[str]) -> str:
    """Return the whole page as Markdown."""
    packages = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    lines = [
        "# Performance",
        "",
        "Written by `python benchmarks/grading.py`; never edited. All ratios are of one run on one machine, start-up",
        f"included: {os.cpu_count()} cores, Python {platform.python_version()}, {packages};",
        "`buuchinh grade --workers 2`. Seconds tell how the ratios came about and hold for that machine alone.",
        "",
        "| figure | goal | measured | met | how |",
        "|---|---|---|---|---|",
        *(row.line() for row in rows),
        "",
        *(f"- {note}" for note in notes),
    ]
    return "\n".join(lines) + "\n"
