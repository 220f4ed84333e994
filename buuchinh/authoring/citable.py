"""Collect the ids that questions and notebooks may cite: law, figures, sources, readings, tables and objectives.

If a table cannot be read, its own check reports the reason, and citations of its rows are not checked: a hundred "not
found" messages would hide the one that matters.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from buuchinh import datasets, law
from buuchinh.errors import KitError, Problem

T = TypeVar("T")


@dataclass(frozen=True)
class CitableIds:
    """The ids that exist in each table; a set is None if its table cannot be read."""

    law_readable: bool
    figures: set[str] | None
    sources: set[str] | None
    readings: set[str] | None
    findings: set[str] | None
    tables: set[str] | None
    objectives: set[str] | None
    decisions: set[str] | None

    def names(self, kind: str) -> set[str] | None:
        """Return the ids for a kind of mention (see ``mentions``), or None if their table cannot be read."""
        return {
            "figure": self.figures,
            "reading": self.readings,
            "finding": self.findings,
            "table": self.tables,
        }[kind]

    @property
    def key_sources(self) -> set[str] | None:
        """The ids that an answer key may list under ``sources``, or None if one of their tables cannot be read.

        These are the ids of figures, sources, readings, findings and tables.
        """
        parts = (self.figures, self.sources, self.readings, self.findings, self.tables)
        return None if None in parts else {name for part in parts if part for name in part}

    def law_faults(self, ref: str, path: str, line: int = 0) -> list[Problem]:
        """Return a problem if ``ref`` is not in the legal register or not in force on the day given after ``@``."""
        if not self.law_readable:
            return []
        try:
            law.periods(ref)
            if law.parse(ref).on:
                law.provision(ref)
        except KitError as error:
            return [Problem(path, line, fault.message, fault.way_out) for fault in error.problems]
        return []


def citable_ids() -> CitableIds:
    """Collect the ids from every table that can be read."""
    return CitableIds(
        law_readable=_readable(law.all_provisions) is not None,
        figures=_ids("statistics/facts"),
        sources=_ids("statistics/sources"),
        readings=_ids("statistics/readings"),
        findings=_ids("statistics/consistency"),
        tables=_readable(lambda: set(datasets.resources())),
        objectives=_ids("questions/objectives"),
        decisions=_ids("questions/decisions"),
    )


def _ids(table: str) -> set[str] | None:
    return _readable(lambda: {row["id"] for row in datasets.read(table).rows})


def _readable(read: Callable[[], T]) -> T | None:
    try:
        return read()
    except KitError:
        return None
