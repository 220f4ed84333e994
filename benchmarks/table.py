"""A figure against its goal, and the page that shows them all."""

from __future__ import annotations

import os
import platform
import re
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

PAGE = Path(__file__).resolve().parents[1] / "docs" / "performance.md"
HEAD = ("| figure | goal | measured | met | how |", "|---|---|---|---|---|")
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


def opening(rows: list[Row], notes: list[str]) -> list[str]:
    """Return the lines of the page's first section, which says what all others were measured on."""
    packages = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    return [
        "# Performance",
        "",
        "Written by the programs in `benchmarks/`, each its own section, one after the other; never edited. All ratios",
        "are of one run on one machine, start-up included. Seconds tell how the ratios came about and hold for that",
        f"machine alone: {os.cpu_count()} cores, Python {platform.python_version()}, {packages};",
        "`buuchinh grade --workers 2`. This section is of `python benchmarks/grading.py`.",
        "",
        *HEAD,
        *(row.line() for row in rows),
        "",
        *(f"- {note}" for note in notes),
    ]


def write_section(lines: list[str]) -> None:
    """Put a section into the page in the place of the one that begins with the same line, else at the end."""
    text = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    sections = re.split(r"^(?=##? )", text, flags=re.MULTILINE)
    kept = {section.partition("\n")[0]: section.rstrip() for section in sections if section.strip()}
    kept[lines[0]] = "\n".join(lines).rstrip()
    PAGE.write_text("\n\n".join(kept.values()) + "\n", encoding="utf-8")
