"""Judge what one place cites: whether it has lapsed, was reworded, lapses soon or is unverified on a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from buuchinh import course, datasets, law
from buuchinh.authoring.uses import Use
from buuchinh.datasets import Row
from buuchinh.messages import say
from buuchinh.text import format_date

SOON = timedelta(days=90)
Kind = Literal[
    "lapsed",
    "no_key",
    "not_yet",
    "reworded",
    "draft",
    "lapses_soon",
    "reworded_soon",
    "key_ends",
    "no_successor",
    "unknown",
    "unverified",
]
"""``reworded``: the provision has other words since the last review of the law (``reviewed_on``)."""


@dataclass(frozen=True)
class CitedTables:
    """The confidence in each figure and the row of each organisation, read once for an audit."""

    confidence: Mapping[str, str]
    bodies: Mapping[str, Row]


def cited_tables() -> CitedTables:
    """Return the tables that ``judge`` needs."""
    names = ("statistics/sources", "statistics/readings", "statistics/facts")
    confidence = {row["id"]: row["confidence"] for name in names for row in datasets.read(name).rows}
    return CitedTables(confidence, {row["id"]: row for row in datasets.read("organisation/bodies").rows})


def judge(use: Use, tables: CitedTables) -> Iterator[tuple[Kind, str]]:
    """Yield the kind of each concern about what ``use`` cites, with a sentence."""
    match use.basis:
        case "law":
            yield from _law(use)
        case "figure":
            yield from _confidence(tables.confidence.get(use.ref, "A"))
        case "body":
            yield from _body(use, tables)
        case "number":
            yield from _number(use)
        case "none":
            yield "unknown", say("authoring.audit.detail.no_body")


def _law(use: Use) -> Iterator[tuple[Kind, str]]:
    base = law.parse(use.ref).id
    periods = law.periods(f"{base}@{use.day.isoformat()}")
    current = next((period for period in periods if period.covers(use.day)), periods[-1])
    state = law.in_force(base, use.day)
    successors = _successors(current.document)
    if state == "lapsed":
        ends = [period.to for period in periods if period.to and period.to <= use.day]
        since = format_date(max(ends)) if ends else ""
        yield "lapsed", " ".join(filter(None, (say("authoring.audit.detail.lapsed", day=since), successors)))
        if not successors:
            yield "no_successor", say("authoring.audit.detail.no_successor")
    elif state == "partly_lapsed":
        yield "lapsed", current.document.status_note
    elif current.document.status == "draft":
        yield "draft", say("authoring.audit.detail.draft")
    elif state == "not_yet":
        start = format_date(current.from_) if current.from_ else say("authoring.audit.day_unknown")
        yield "not_yet", say("authoring.audit.detail.not_yet", day=start)
    elif state == "unknown":
        yield "unknown", say("authoring.audit.detail.unknown", reason=_reason(current))
    if state in {"in_force", "unknown"} and not use.dated:
        yield from _changes(use.day, current, law.histories(base), successors)
    yield from _confidence(current.confidence)
    if state in {"in_force", "unknown"} and current.not_checked_against:
        names = ", ".join(law.document(name).short_title for name in current.not_checked_against)
        yield "unverified", say("authoring.audit.detail.not_compared", names=names)


def _changes(
    day: date, current: law.Provision, histories: Sequence[Sequence[law.Provision]], successors: str
) -> Iterator[tuple[Kind, str]]:
    """Yield the end of the current words that comes ``SOON``, and words that are newer than the review of the law."""
    if current.to and current.to <= day + SOON:
        end = format_date(current.to)
        ending = [history for history in histories if any(period.to == current.to for period in history)]
        if ending and all(any(period.from_ == current.to for period in history) for history in ending):
            yield "reworded_soon", say("authoring.audit.detail.reworded_soon", day=end, days=SOON.days)
        else:
            yield "lapses_soon", _lapses_soon(end, successors)
            if not successors:
                yield "no_successor", say("authoring.audit.detail.no_successor")
    reviewed = course.settings().reviewed_on
    starts = [period.from_ for history in histories for period in _reworded(history) if period.covers(day)]
    start = max(filter(None, starts), default=reviewed)
    if reviewed < start:
        words = {"day": format_date(start), "reviewed": format_date(reviewed)}
        yield "reworded", say("authoring.audit.detail.reworded", **words)


def _lapses_soon(end: str, successors: str = "") -> str:
    return say("authoring.audit.detail.lapses_soon", day=end, days=SOON.days, successors=successors)


def _reworded(history: Sequence[law.Provision]) -> list[law.Provision]:
    """Return the periods that begin where an earlier one ends."""
    ends = {period.to for period in history if period.to}
    return [period for period in history if period.from_ in ends]


def _number(use: Use) -> Iterator[tuple[Kind, str]]:
    """Yield ``(kind, detail)`` if an emergency number is out of service, ends within ``SOON``, or is unverified."""
    rows = [row for row in law.all_numbers() if row.number == use.ref]
    holding = [row for row in rows if row.to is None or use.day < row.to]
    if not holding:
        ids = {row.id for row in rows}
        heirs = ", ".join(row.number for row in law.numbers_on(use.day) if row.id in ids)
        day = format_date(max(row.to for row in rows if row.to))
        yield "lapsed", say("authoring.audit.detail.number_gone", number=use.ref, day=day, heirs=heirs)
        return
    for row in holding:
        if row.to and row.to <= use.day + SOON:
            yield "lapses_soon", _lapses_soon(format_date(row.to))
        yield from _confidence(row.confidence)


def _confidence(grade: str) -> Iterator[tuple[Kind, str]]:
    if grade != "A":
        yield "unverified", law.confidence_words(grade)


def _successors(document: law.Document) -> str:
    names = ", ".join(law.cite(successor) for successor in document.replaced_by)
    return say("authoring.audit.detail.successor", names=names) if names else ""


def _reason(current: law.Provision) -> str:
    """Return why a provision's force is unknown: its document's state, or a first day that is not known."""
    known = current.document
    if known.status == "unknown":
        return known.status_note or law.status_words(known.id)
    return say("authoring.audit.detail.start_unknown")


def _body(use: Use, tables: CitedTables) -> Iterator[tuple[Kind, str]]:
    row = tables.bodies[use.ref]
    end: date | None = row["to"]
    if end and end <= use.day:
        heirs = [tables.bodies[successor]["name"] for successor in row["successors"] or ()]
        if heirs:
            yield "lapsed", say("authoring.audit.detail.body_gone", day=format_date(end), heirs="; ".join(heirs))
        else:
            yield "lapsed", say("authoring.audit.detail.lapsed", day=format_date(end))
            yield "no_successor", say("authoring.audit.detail.no_successor")
    yield from _confidence(row["confidence"])
