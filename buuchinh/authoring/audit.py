"""Find questions, lessons and other places whose legal or factual basis has lapsed, lapses soon or is unverified."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePosixPath
from typing import Any, get_args

from buuchinh import course
from buuchinh.authoring.use_status import SOON, CitedTables, Kind, cited_tables, judge
from buuchinh.authoring.uses import Use, Where, key_ends, uses
from buuchinh.errors import KitError, Problem
from buuchinh.messages import say
from buuchinh.parsed import snapshot_mode
from buuchinh.text import format_date

ORDER: tuple[Kind, ...] = get_args(Kind)
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
        discuss. What was reworded after the law was reviewed counts as wrong until ``reviewed_on`` is a later day.
        Names in the 2023 report are history and never wrong.
        """
        if self.where == "question":
            return self.kind in {"lapsed", "no_key", "not_yet", "reworded"}
        return self.where in {"lesson", "notice"} and self.kind in {"lapsed", "reworded"}

    @property
    def basis(self) -> str:
        """The document, figure or name that the place rests on.

        It is the exact provision if the concern ``fails``, or if only the words of that provision will change.
        """
        if self.where == "report":
            return self.name
        return self.ref if self.fails or self.kind == "reworded_soon" else self.ref.partition("/")[0].partition("@")[0]

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
    tables = cited_tables()
    concerns: list[Concern] = []
    problems: list[Problem] = []
    for use in uses(day):
        try:
            concerns += _concerns(use, tables)
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


def _concerns(use: Use, tables: CitedTables) -> Iterator[Concern]:
    for kind, detail in judge(use, tables):
        if use.where in _NAMED and kind in {"unknown", "unverified"}:
            continue  # reported at the questions and lessons that rest on it
        yield Concern(kind, use.where, use.name, use.path, use.line, use.ref or use.name, detail)
