"""Look up statistical figures with their value, unit of measure, period, scope, kind and source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from html import escape
from types import MappingProxyType
from typing import Literal

from buuchinh.datasets import Row, made_of, read
from buuchinh.errors import KitError, Problem
from buuchinh.messages import say
from buuchinh.statistics.formulas import written
from buuchinh.text import format_number

Kind = Literal["reported", "derived", "simulated"]

_INLINE = "white-space:nowrap;border:1px solid currentColor;border-radius:.6em;padding:0 .4em;font-size:.85em"
_DIRECTED = {"tăng", "giảm"}
_UNRECORDED = "chưa ghi"
"""The locator of a figure whose place in the source is unknown, in tables older than ``locator_unknown``."""


@dataclass(frozen=True)
class Source:
    """A publication that contains figures."""

    id: str
    short_title: str
    title: str
    address: str
    date: date | None
    confidence: str
    note: str


@dataclass(frozen=True)
class Figure:
    """A number from ``statistics/facts``, which is always displayed together with its kind and source.

    ``period_to`` is the last day of the period. ``qualifier`` is the source's own word ("khoảng", "hơn", "gần") or the
    direction of a change ("tăng", "giảm").
    """

    id: str
    title: str
    value: float
    unit: str
    kind: Kind
    period: str
    period_from: date | None
    period_to: date | None
    scope: str
    source: Source | None
    locator: str
    quote: str
    formula: str
    inputs: tuple[str, ...]
    calculation: str
    decimals: int | None
    qualifier: str
    confidence: str
    note: str

    @property
    def number(self) -> str:
        """The value alone, in Vietnamese notation."""
        return format_number(self.value, self.decimals)

    @property
    def words(self) -> str:
        """The value as worded in a sentence: ``11 vụ``, ``giảm 2 người``, ``khoảng 3.400 triệu``."""
        directed = self.qualifier in _DIRECTED
        number = format_number(abs(self.value) if directed else self.value, self.decimals)
        return " ".join(filter(None, (self.qualifier, number, self.unit)))

    @property
    def origin(self) -> str:
        """The calculation of a derived figure or, for any other figure, its source and its place in that source."""
        if self.kind == "derived":
            return self.calculation
        short = self.source.short_title if self.source else ""
        if not self.locator:
            return short
        return say("statistics.figure.origin_located", source=short, locator=self.locator)

    @property
    def provenance(self) -> str:
        """The kind and origin on one line, as shown wherever the figure appears."""
        kind = say(f"statistics.kind.{self.kind}")
        return say("statistics.figure.badge", kind=kind, origin=self.origin)

    def __str__(self) -> str:
        return f"{self.words} [{self.provenance}]"

    __repr__ = __str__

    def _repr_html_(self) -> str:
        """Return the figure with a badge for its provenance; the tooltip quotes the source."""
        return (
            f'<span lang="vi"><strong>{escape(self.words)}</strong> '
            f'<span style="{_INLINE}" title="{escape(self.quote)}">{escape(self.provenance)}</span></span>'
        )


def figures(prefix: str = "") -> list[Figure]:
    """Return all figures whose ids start with ``prefix``, in table order."""
    return [row for row in _all().values() if row.id.startswith(prefix)]


def figure(id: str) -> Figure:  # noqa: A002 -- the table's own word
    """Return the figure with this id; if the id is unknown, raise ``KitError`` suggesting similar ids."""
    known = _all()
    if id not in known:
        near = ", ".join(get_close_matches(id, known, n=3, cutoff=0.4) or list(known)[:3])
        way_out = say("statistics.figure.unknown_way_out", near=near)
        raise KitError(say("statistics.figure.unknown", id=id), way_out)
    return known[id]


def several(ids: Iterable[str | Figure]) -> list[Figure]:
    """Return the figure for each id; an entry that already is a ``Figure`` is returned unchanged.

    Raise one ``KitError`` that lists all unknown ids.
    """
    problems: list[Problem] = []
    chosen: list[Figure] = []
    for wanted in ids:
        try:
            chosen.append(wanted if isinstance(wanted, Figure) else figure(wanted))
        except KitError as error:
            problems += error.problems
    if problems:
        raise KitError(problems)
    return chosen


def values() -> dict[str, float]:
    """Return the values of all figures by id, for use in formulas."""
    return {row["id"]: row["value"] for row in read("statistics/facts").rows if row["value"] is not None}


def sources() -> dict[str, Source]:
    """Return all sources by id."""
    return {row["id"]: row.made_into(Source) for row in read("statistics/sources").rows}


def _all() -> Mapping[str, Figure]:
    return made_of(_read_all, "statistics/facts", "statistics/sources")


def _read_all() -> Mapping[str, Figure]:
    known_sources, known_values = sources(), values()
    rows = [row for row in read("statistics/facts").rows if row["value"] is not None]
    return MappingProxyType({row["id"]: _figure(row, known_sources, known_values) for row in rows})


def _figure(row: Row, known_sources: dict[str, Source], known_values: dict[str, float]) -> Figure:
    formula = row["formula"] or ""
    inputs = row["inputs"] or ()
    complete = formula and all(name in known_values for name in inputs)
    return row.made_into(
        Figure,
        title=row["title_vi"],
        period=row["period_text"] or "",
        source=known_sources.get(row["source_id"] or ""),
        locator="" if row["locator"] == _UNRECORDED else row["locator"] or "",
        calculation=written(formula, known_values) if complete else formula,
    )
