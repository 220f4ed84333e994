"""Look up figures from ``datasets/statistics/`` with their kind (reported, derived, simulated) and source.

The package also compares figures with each other and checks whether a source's figures are consistent.
"""

from __future__ import annotations

from buuchinh.statistics.cited import cited
from buuchinh.statistics.compare_figures import Comparison, compare
from buuchinh.statistics.consistency import Finding, consistency, finding, findings
from buuchinh.statistics.figure_checks import check
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
    "check",
    "cited",
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
    "sources",
]
