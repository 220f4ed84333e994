"""Figures that say where they come from: reported, derived or simulated, compared only where that is fair."""

from __future__ import annotations

from buuchinh.statistics.checks import check
from buuchinh.statistics.comparing import Comparison, change_percent, compare, share
from buuchinh.statistics.consistency import Finding, consistency, finding, findings
from buuchinh.statistics.figures import Figure, Kind, Source, figure, figures, sources
from buuchinh.statistics.readings import Reading, reading, readings
from buuchinh.statistics.tables import TextTable, figures_table, readings_table

__all__ = [
    "Comparison",
    "Figure",
    "Finding",
    "Kind",
    "Reading",
    "Source",
    "TextTable",
    "change_percent",
    "check",
    "compare",
    "consistency",
    "figure",
    "figures",
    "figures_table",
    "finding",
    "findings",
    "reading",
    "readings",
    "readings_table",
    "share",
    "sources",
]
