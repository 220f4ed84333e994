"""What time has overtaken: which questions, lessons and names rest on law that lapsed or was never verified."""

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
"""What is worst comes first."""
_NAMED = frozenset({"feedback", "text", "chart"})
"""Places that rest on nothing: they name a document or show it."""


@dataclass(frozen=True)
class Concern:
    """One thing to look at in one place. ``fails`` tells that the place is wrong on that day."""

    kind: Kind
    where: Where
    name: str
    path: str
    line: int
    ref: str
    detail: str

    @property
    def fails(self) -> bool:
        """Whether this is wrong on the day: a question or lesson on lapsed law, a question on law to come.

        A place that names a number which nobody answers any more is wrong too, a notice included.
        A lesson may speak of what is to come; names in the 2023 report are history.
        """
        if self.where == "question":
            return self.kind in {"lapsed", "no_key", "not_yet"}
        return self.where in {"lesson", "notice"} and self.kind == "lapsed"

    @property
    def basis(self) -> str:
        """The document, figure or name that it rests on; where that is wrong, the very provision."""
        if self.where == "report":
            return self.name
        return self.ref if self.fails else self.ref.partition("/")[0].partition("@")[0]

    @property
    def unit(self) -> str:
        """What the place belongs to, as a person calls it: ``l02``, ``bt02``, the notebook or drawing, a term."""
        if self.where in {"question", "feedback"}:
            return course.unit_of(self.name)
        return PurePosixPath(self.path).stem if self.where in {"lesson", "notice", *_NAMED} else self.name


@dataclass(frozen=True)
class AuditLine:
    """One condition: of one basis with the places that have it, or of several bases with how many places each has.

    Where something is wrong the places are told exactly, else by unit.
    """

    kind: Kind
    bases: dict[str, int]
    places: dict[str, int]
    details: tuple[str, ...]
    fails: bool
    report: bool
    named: bool
    """Nothing rests on it: it is only named in words, or shown."""


@dataclass(frozen=True)
class Audit:
    """The outcome for one day, worst first."""

    day: date
    concerns: tuple[Concern, ...]

    @property
    def fails(self) -> bool:
        """Whether anything that trainees are given is wrong on that day."""
        return any(concern.fails for concern in self.concerns)

    def lines(self) -> list[AuditLine]:
        """Return the outcome for a person, worst first: one line a condition and basis, with the places counted.

        What nobody has read is one line for all bases; what is not known to hold is not said twice.
        """
        unknown = {concern.ref for concern in self.concerns if concern.kind == "unknown"}
        found: dict[tuple[bool, bool, int, str], list[Concern]] = {}
        for concern in self.concerns:
            if concern.kind == "unverified" and concern.ref in unknown:
                continue
            whole = concern.kind == "unverified" or concern.where == "report"
            basis = concern.detail if whole else concern.basis
            key = (not concern.fails, concern.where == "report", ORDER.index(concern.kind), basis)
            found.setdefault(key, []).append(concern)
        return [_line(concerns, key) for key, concerns in sorted(found.items(), key=lambda item: item[0][:3])]

    def as_json(self) -> dict[str, Any]:
        """Return the outcome for machines: day, verdict, counts and every concern."""
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
    bases = Counter(one.basis for one in concerns)
    fails, report = not key[0], key[1]
    places = Counter(one.name if fails else one.unit for one in concerns) if len(bases) == 1 and not report else {}
    return AuditLine(
        kind=concerns[0].kind,
        bases=dict(bases),
        places=dict(places),
        details=tuple(dict.fromkeys(one.detail for one in concerns)),
        fails=fails,
        report=report,
        named=all(one.where in _NAMED for one in concerns),
    )


@snapshot_mode()
def audit(day: date) -> Audit:
    """Judge on ``day`` all that the course rests on.

    Of a question the key that holds on that day counts (on its own day where it has ``as_of``); a key
    whose days are over is history. Raises ``KitError`` where a file cannot be read or names what does
    not exist: that is for ``check`` to list, and comes first.
    """
    tables = _tables()
    found: list[Concern] = []
    problems: list[Problem] = []
    for use in uses(day):
        try:
            found += _judge(use, tables)
        except KitError as error:
            place = use.name if use.where == "lesson" else use.path
            problems += [replace(problem, path=place, line=use.line) for problem in error.problems]
    if problems:
        raise KitError(problems)
    for end in key_ends(day, SOON):
        kind: Kind = "key_ends" if end.end else "no_key"
        detail = say(f"authoring.audit.detail.{kind}", day=format_date(end.end or day))
        found.append(Concern(kind, "question", end.name, end.path, end.line, end.name, detail))
    unique = dict.fromkeys(found)
    return Audit(day, tuple(sorted(unique, key=lambda one: (one.where == "report", ORDER.index(one.kind)))))


@dataclass(frozen=True)
class _Tables:
    """What the tables say of figures (their confidence) and bodies, read once for one audit."""

    confidence: Mapping[str, str]
    bodies: Mapping[str, Row]


def _tables() -> _Tables:
    names = ("statistics/sources", "statistics/readings", "statistics/facts")
    confidence = {row["id"]: row["confidence"] for name in names for row in datasets.read(name).rows}
    return _Tables(confidence, {row["id"]: row for row in datasets.read("organisation/bodies").rows})


def _judge(use: Use, tables: _Tables) -> Iterator[Concern]:
    match use.basis:
        case "law":
            said = _law(use)
        case "figure":
            said = _confidence(tables.confidence.get(use.ref, "A"))
        case "body":
            said = _body(use, tables)
        case "number":
            said = _number(use)
        case "none":
            said = iter([("unknown", say("authoring.audit.detail.no_body"))])
    for kind, detail in said:
        if use.where in _NAMED and kind in {"unknown", "unverified"}:
            continue  # said where something rests on it
        yield Concern(kind, use.where, use.name, use.path, use.line, use.ref or use.name, detail)


def _law(use: Use) -> Iterator[tuple[Kind, str]]:
    base = law.parse(use.ref).id
    periods = law.periods(f"{base}@{use.day.isoformat()}")
    current = next((one for one in periods if one.covers(use.day)), periods[-1])
    state = law.in_force(base, use.day)
    successors = _successors(current.document)
    if state == "lapsed":
        ends = [one.to for one in periods if one.to and one.to <= use.day]
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
        if not successors and not any(one.from_ == current.to for one in periods):
            yield "no_successor", say("authoring.audit.detail.no_successor")
    yield from _confidence(current.confidence)
    if state in {"in_force", "unknown"} and current.not_checked_against:
        names = ", ".join(law.document(one).short_title for one in current.not_checked_against)
        yield "unverified", say("authoring.audit.detail.not_compared", names=names)


def _number(use: Use) -> Iterator[tuple[Kind, str]]:
    """Judge an emergency number: is it still answered, will it be in 90 days, how sure is that."""
    rows = [one for one in law.all_numbers() if one.number == use.ref]
    holding = [one for one in rows if one.to is None or use.day < one.to]
    if not holding:
        ids = {one.id for one in rows}
        heirs = ", ".join(one.number for one in law.numbers_on(use.day) if one.id in ids)
        day = format_date(max(one.to for one in rows if one.to))
        yield "lapsed", say("authoring.audit.detail.number_gone", number=use.ref, day=day, heirs=heirs)
        return
    for one in holding:
        if one.to and one.to <= use.day + SOON:
            yield "lapses_soon", say("authoring.audit.detail.lapses_soon", day=format_date(one.to), successors="")
        yield from _confidence(one.confidence)


def _confidence(grade: str) -> Iterator[tuple[Kind, str]]:
    if grade != "A":
        yield "unverified", law.confidence_words(grade)


def _successors(document: law.Document) -> str:
    named = ", ".join(law.cite(one) for one in document.replaced_by)
    return say("authoring.audit.detail.successor", names=named) if named else ""


def _reason(current: law.Provision) -> str:
    """Say what is not known: whether the text still holds, or only since when."""
    known = current.document
    if known.status == "unknown":
        return known.status_note or law.status_words(known.id)
    return say("authoring.audit.detail.start_unknown")


def _body(use: Use, tables: _Tables) -> Iterator[tuple[Kind, str]]:
    row = tables.bodies[use.ref]
    end: date | None = row["to"]
    if end and end <= use.day:
        heirs = [tables.bodies[one]["name"] for one in row["successors"] or ()]
        if heirs:
            yield "lapsed", say("authoring.audit.detail.body_gone", day=format_date(end), heirs="; ".join(heirs))
        else:
            yield "lapsed", say("authoring.audit.detail.lapsed", day=format_date(end))
            yield "no_successor", say("authoring.audit.detail.no_successor")
    yield from _confidence(row["confidence"])
