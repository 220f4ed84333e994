"""Find questions, lessons and other places whose legal or factual basis has lapsed, lapses soon or is unverified."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import PurePosixPath
from typing import Any, Literal

from buuchinh import course, datasets, law
from buuchinh.authoring.uses import Use, Where, key_ends, uses
from buuchinh.datasets import Row
from buuchinh.errors import KitError, Problem
from buuchinh.messages import say
from buuchinh.parsed import snapshot_mode
from buuchinh.text import format_date

SOON = timedelta(days=90)
Kind = Literal[
    "lapsed", "no_key", "not_yet", "draft", "lapses_soon", "key_ends", "no_successor", "unknown", "unverified"
]
ORDER: tuple[Kind, ...] = (
    "lapsed",
    "no_key",
    "not_yet",
    "draft",
    "lapses_soon",
    "key_ends",
    "no_successor",
    "unknown",
    "unverified",
)
"""All kinds of concern, most serious first."""
_NAMED = frozenset({"feedback", "text", "chart"})
"""Kinds of place that only name or show a document without depending on it."""


@dataclass(frozen=True)
class Concern:
    """A point to review in one place of the course."""

    kind: Kind
    where: Where
    name: str
    path: str
    line: int
    ref: str
    detail: str

    @property
    def fails(self) -> bool:
        """Whether the place is wrong on the day of the audit.

        A question, lesson or notice is wrong if its basis has lapsed; that includes an emergency number that is out of
        service. A question is also wrong if it has no answer key or rests on law not yet in force, which a lesson may
        discuss. Names in the 2023 report are history and never wrong.
        """
        if self.where == "question":
            return self.kind in {"lapsed", "no_key", "not_yet"}
        return self.where in {"lesson", "notice"} and self.kind == "lapsed"

    @property
    def basis(self) -> str:
        """The document, figure or name that the place rests on, or the exact provision if the concern ``fails``."""
        if self.where == "report":
            return self.name
        return self.ref if self.fails else self.ref.partition("/")[0].partition("@")[0]

    @property
    def unit(self) -> str:
        """A readable name for the place: its unit (``l02``, ``bt02``), the stem of its file or its own name."""
        if self.where in {"question", "feedback"}:
            return course.unit_of(self.name)
        return PurePosixPath(self.path).stem if self.where in {"lesson", "notice", *_NAMED} else self.name


@dataclass(frozen=True)
class AuditLine:
    """Concerns of one kind, grouped for display.

    ``bases`` maps each basis to its number of concerns. ``places`` maps each place to its number of concerns; it is
    empty if there are several bases or if the places are names in the 2023 report (``report``). Places of failing
    concerns are named exactly, and others by unit.
    """

    kind: Kind
    bases: dict[str, int]
    places: dict[str, int]
    details: tuple[str, ...]
    fails: bool
    report: bool
    named: bool
    """Whether every place only names or shows the basis without depending on it."""


@dataclass(frozen=True)
class Audit:
    """The concerns found in the course on one day, most serious first."""

    day: date
    concerns: tuple[Concern, ...]

    @property
    def fails(self) -> bool:
        """Whether any of the concerns fails, so that material for trainees is wrong on that day."""
        return any(concern.fails for concern in self.concerns)

    def lines(self) -> list[AuditLine]:
        """Return the concerns grouped for display: one line for each kind and basis, most serious first.

        Unverified bases with the same confidence share a line. A basis whose force is unknown is not listed again as
        unverified.
        """
        unknown = {concern.ref for concern in self.concerns if concern.kind == "unknown"}
        groups: dict[tuple[bool, bool, int, str], list[Concern]] = {}
        for concern in self.concerns:
            if concern.kind == "unverified" and concern.ref in unknown:
                continue
            whole = concern.kind == "unverified" or concern.where == "report"
            basis = concern.detail if whole else concern.basis
            key = (not concern.fails, concern.where == "report", ORDER.index(concern.kind), basis)
            groups.setdefault(key, []).append(concern)
        return [_line(concerns, key) for key, concerns in sorted(groups.items(), key=lambda item: item[0][:3])]

    def as_json(self) -> dict[str, Any]:
        """Return the audit as JSON-compatible data: the day, the verdict, the count of each kind and every concern."""
        counts = {kind: sum(concern.kind == kind for concern in self.concerns) for kind in ORDER}
        return {
            "format": 1,
            "date": self.day.isoformat(),
            "fails": self.fails,
            "counts": counts,
            "concerns": [
                {
                    "kind": concern.kind,
                    "where": concern.where,
                    "name": concern.name,
                    "path": concern.path,
                    "line": concern.line,
                    "ref": concern.ref,
                    "detail": concern.detail,
                    "fails": concern.fails,
                }
                for concern in self.concerns
            ],
        }


def _line(concerns: list[Concern], key: tuple[bool, bool, int, str]) -> AuditLine:
    bases = Counter(concern.basis for concern in concerns)
    fails, report = not key[0], key[1]
    places = (
        Counter(concern.name if fails else concern.unit for concern in concerns)
        if len(bases) == 1 and not report
        else {}
    )
    return AuditLine(
        kind=concerns[0].kind,
        bases=dict(bases),
        places=dict(places),
        details=tuple(dict.fromkeys(concern.detail for concern in concerns)),
        fails=fails,
        report=report,
        named=all(concern.where in _NAMED for concern in concerns),
    )


@snapshot_mode()
def audit(day: date) -> Audit:
    """Return the concerns about everything that the course rests on, as of ``day``.

    A question is judged by the answer key that is valid on ``day``, or on the question's own ``as_of`` day. Answer keys
    whose period of validity has ended are ignored.

    Raise ``KitError`` if a file cannot be read or cites something that does not exist. ``check`` reports the same
    problems, which must be fixed first.
    """
    tables = _tables()
    concerns: list[Concern] = []
    problems: list[Problem] = []
    for use in uses(day):
        try:
            concerns += _judge(use, tables)
        except KitError as error:
            place = use.name if use.where == "lesson" else use.path
            problems += [replace(problem, path=place, line=use.line) for problem in error.problems]
    if problems:
        raise KitError(problems)
    for end in key_ends(day, SOON):
        kind: Kind = "key_ends" if end.end else "no_key"
        detail = say(f"authoring.audit.detail.{kind}", day=format_date(end.end or day))
        concerns.append(Concern(kind, "question", end.name, end.path, end.line, end.name, detail))
    unique = dict.fromkeys(concerns)
    return Audit(day, tuple(sorted(unique, key=lambda concern: (concern.where == "report", ORDER.index(concern.kind)))))


@dataclass(frozen=True)
class _Tables:
    """The confidence in each figure and the row of each organisation, read once for an audit."""

    confidence: Mapping[str, str]
    bodies: Mapping[str, Row]


def _tables() -> _Tables:
    names = ("statistics/sources", "statistics/readings", "statistics/facts")
    confidence = {row["id"]: row["confidence"] for name in names for row in datasets.read(name).rows}
    return _Tables(confidence, {row["id"]: row for row in datasets.read("organisation/bodies").rows})


def _judge(use: Use, tables: _Tables) -> Iterator[Concern]:
    match use.basis:
        case "law":
            details = _law(use)
        case "figure":
            details = _confidence(tables.confidence.get(use.ref, "A"))
        case "body":
            details = _body(use, tables)
        case "number":
            details = _number(use)
        case "none":
            details = iter([("unknown", say("authoring.audit.detail.no_body"))])
    for kind, detail in details:
        if use.where in _NAMED and kind in {"unknown", "unverified"}:
            continue  # reported at the questions and lessons that rest on it
        yield Concern(kind, use.where, use.name, use.path, use.line, use.ref or use.name, detail)


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
    if state in {"in_force", "unknown"} and current.to and not use.dated and current.to <= use.day + SOON:
        yield (
            "lapses_soon",
            say("authoring.audit.detail.lapses_soon", day=format_date(current.to), successors=successors),
        )
        if not successors and not any(period.from_ == current.to for period in periods):
            yield "no_successor", say("authoring.audit.detail.no_successor")
    yield from _confidence(current.confidence)
    if state in {"in_force", "unknown"} and current.not_checked_against:
        names = ", ".join(law.document(name).short_title for name in current.not_checked_against)
        yield "unverified", say("authoring.audit.detail.not_compared", names=names)


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
            yield "lapses_soon", say("authoring.audit.detail.lapses_soon", day=format_date(row.to), successors="")
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


def _body(use: Use, tables: _Tables) -> Iterator[tuple[Kind, str]]:
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
