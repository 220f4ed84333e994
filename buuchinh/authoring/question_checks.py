"""Check questions beyond their schema: their citations, their objectives and when their answer keys are valid."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from buuchinh import course, law
from buuchinh.authoring.citable import CitableIds
from buuchinh.authoring.foundations import Foundation, foundations, keyed, place_of
from buuchinh.errors import KitError, Problem
from buuchinh.messages import say
from buuchinh.questions import question_bank
from buuchinh.questions.authored import QuestionFile, asked_as
from buuchinh.text import format_date
from buuchinh.yaml_lines import line_of


def question_faults(path: Path, file: QuestionFile, citable: CitableIds) -> Iterator[Problem]:
    """Yield the problems found in the questions of ``file``, which was read from ``path``."""
    data = question_bank.written(path)
    shown = question_bank.shown(path)
    for question in file.questions:
        place = place_of(data, question)
        line = line_of(data, (*place, "id"))
        for field, known in (("objective", citable.objectives), ("decision", citable.decisions)):
            name = getattr(question, field)
            if name and known is not None and name not in known:
                message = say(f"authoring.check.unknown.{field}", id=asked_as(question), name=name)
                yield Problem(shown, line_of(data, (*place, field)), message, _near(name, known))
        day = question.as_of or _reviewed()
        for name, part, _ in keyed(question):
            if day and part.key_on(day) is None:
                yield Problem(shown, line, say("authoring.check.no_key", id=name, day=format_date(day)))
    for foundation in foundations(path, file):
        yield from _foundation(foundation, citable)


def _foundation(foundation: Foundation, citable: CitableIds) -> Iterator[Problem]:
    for ref in foundation.key.provisions:
        line = foundation.lines.get(ref) or foundation.line
        faults = citable.law_faults(ref, foundation.path, line)
        if faults:
            yield from (Problem(p.path, p.line, f"{foundation.name}: {p.message}", p.way_out) for p in faults)
        elif citable.law_readable and not law.parse(ref).on:
            yield from _days(foundation, ref, line)
    key_sources = citable.key_sources
    for name in foundation.key.sources:
        if key_sources is not None and name not in key_sources:
            line = foundation.lines.get(name) or foundation.line
            message = say("authoring.check.unknown.source", id=foundation.name, name=name)
            yield Problem(foundation.path, line, message, _near(name, key_sources))


def _days(foundation: Foundation, ref: str, line: int) -> Iterator[Problem]:
    """Yield a problem if an answer key is valid on a day on which its provision ``ref`` is not in force.

    The caller skips ``ref@day``, which is a reference to past law.
    """
    key = foundation.key
    if foundation.as_of:
        if law.in_force(ref, foundation.as_of) in {"lapsed", "not_yet"}:
            day = format_date(foundation.as_of)
            yield Problem(
                foundation.path, line, say("authoring.check.not_on_day", id=foundation.name, ref=ref, day=day)
            )
        return
    periods = law.periods(ref)
    gap = uncovered(periods, key.from_, key.to)
    if gap is None:
        return
    ended = any(period.to and period.to <= gap for period in periods)
    values = {"id": foundation.name, "ref": ref, "day": format_date(gap)}
    way_out = say("authoring.check.uncovered_way_out", ref=ref)
    if key.to is None and ended:
        yield Problem(foundation.path, line, say("authoring.check.open_end", **values), way_out, level="warning")
    else:
        yield Problem(foundation.path, line, say("authoring.check.uncovered", **values), way_out)


def uncovered(periods: tuple[law.Provision, ...], start: date | None, end: date | None) -> date | None:
    """Return the first day from ``start`` until before ``end`` that no period covers, or None if all are covered.

    If ``start`` is None, the search begins on the first day of the first period. A period whose end the register does
    not know is taken to have no end.
    """
    day = start or periods[0].from_ or date.min
    for period in periods:
        if period.to is not None and period.to <= day:
            continue
        if period.from_ and period.from_ > day:
            break
        day = period.to or date.max
    return day if day < (end or date.max) else None


def _near(name: str, names: set[str]) -> str:
    near = ", ".join(get_close_matches(name, sorted(names), n=3))
    return say("authoring.check.near", near=near) if near else ""


def _reviewed() -> date | None:
    try:
        return course.settings().reviewed_on
    except KitError:
        return None
