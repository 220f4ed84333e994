"""Put together the page of a class's results: what to talk about again, each objective, each question, reports.

The page names nobody, and shows no share that too few people carry (``results.class_results``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from buuchinh import course
from buuchinh.desk.class_state.read_class import ClassState
from buuchinh.desk.naming import projection, unit_names
from buuchinh.messages import say
from buuchinh.parsed import snapshot_mode
from buuchinh.results import class_report, class_results, course_report, learning_gain, report_parts, report_record
from buuchinh.results.class_results import CARRIES, ClassShare, ObjectiveResults, QuestionResults
from buuchinh.results.report_record import ReportRecord
from buuchinh.results.results import Standing, graded
from buuchinh.text import format_date, format_moment, format_number, per_cent

_ON_PAPER = 10
"""Objectives that are printed, the weakest first: with three questions to talk about again they fill one A4 page."""


@dataclass(frozen=True)
class _Report:
    """A report that the page offers: the job's action, the command's name for it, and the files that it writes."""

    action: str
    name: str
    workbook: Path
    page: Path | None = None


def graded_units(state: ClassState) -> list[str]:
    """Return the units with graded work, in the order of the table's columns."""
    return [unit.id for unit in state.units if unit.graded_at]


def newest(state: ClassState) -> str | None:
    """Return the unit to show first: the exercise that was graded last or, without any, the exam."""
    graded = [unit for unit in state.units if unit.graded_at]
    latest = max(graded, key=lambda unit: (not unit.exam, unit.graded_at), default=None)
    return latest.id if latest else None


def payload(state: ClassState, unit: str | None) -> dict[str, Any]:
    """Return what the page shows of ``unit``, and of the whole course; ``unit`` is None while nothing is graded."""
    with snapshot_mode():
        names = graded_units(state)
        found = {name: graded(name) for name in names}
    own = found.get(unit or "", [])
    exam = unit is not None and not course.is_exercise(unit)
    questions = class_results.by_question(unit, own) if unit else []
    repeat = class_results.to_repeat(questions)
    of_course = own if exam else [one for those in found.values() for one in those]
    objectives = [_objective(one) for one in class_results.by_objective(of_course)]
    more = len(objectives) - _ON_PAPER
    return {
        "heading": say(f"desk.results.repeat.{len(repeat)}"),
        "units": [{"id": name, "name": unit_names.short(name), "here": name == unit} for name in names],
        "about": say("desk.results.about", unit=unit_names.spoken(unit), count=len(own)) if unit else "",
        "subject": unit_names.subject(unit) if unit else "",
        "exam": exam,
        "repeat": [_question(one) for one in repeat],
        "instead": "" if repeat else _instead(unit, own, questions),
        "objectives": objectives,
        "on_paper": _ON_PAPER,
        "off_paper": say("desk.results.page.more_on_screen", count=more) if more > 0 else "",
        "questions": [_question(one) for one in questions],
        "how": say(
            "desk.results.page.how", mark=f"{format_number(100 * course.settings().pass_mark)} %", least=CARRIES
        ),
        "made_on": say("desk.results.page.made_on", day=format_date(course.today())),
    }


def corrected(keys: Sequence[str], state: ClassState, unit: str | None) -> list[dict[str, str]]:
    """Return a sentence and the unit for each corrected key among ``keys`` that will change figures of the page."""
    of_page = [unit] if unit and not course.is_exercise(unit) else graded_units(state)
    return [
        {"unit": name, "text": say("desk.results.page.corrected", unit=unit_names.spoken(name))}
        for name in of_page
        if name in keys
    ]


def reports(state: ClassState, unit: str | None) -> list[dict[str, str]]:
    """Return the reports to make from the page, each with the paths of its files, and how it was made, if it was."""
    offered = [
        _Report("report_course", course_report.UNIT, course_report.workbook(), course_report.page()),
        _Report("report_tests", learning_gain.UNIT, report_parts.folder(learning_gain.UNIT) / learning_gain.WORKBOOK),
    ]
    if unit:
        offered.insert(0, _Report("report", unit, class_report.workbook(unit)))
    spoken = unit_names.spoken(unit) if unit else ""
    return [
        {
            "action": one.action,
            "title": say(f"desk.results.page.{one.action}"),
            "about": say(f"desk.results.page.{one.action}_about", unit=spoken),
            "workbook": _made(one.workbook),
            "page": _made(one.page),
            "made": _how(one, state) if _made(one.workbook) else "",
        }
        for one in offered
    ]


def _how(one: _Report, state: ClassState) -> str:
    """Return when a report was made, whether it has names, and whether points have changed since."""
    at = datetime.fromtimestamp(one.workbook.stat().st_mtime).astimezone()
    record = report_record.of(one.name)
    of_tests = one.name == learning_gain.UNIT
    names = "nobody" if of_tests else {True: "named", False: "codes", None: "perhaps"}[record.names]
    parts = [say("desk.results.page.made_at", at=format_moment(at)), say(f"desk.results.page.{names}")]
    if not of_tests and _changed_since(one, record, at, state):
        parts.append(say("desk.results.page.changed"))
    return ", ".join(parts)


def _changed_since(one: _Report, record: ReportRecord, at: datetime, state: ClassState) -> bool:
    if record.points:
        with snapshot_mode():
            units = graded_units(state) if one.name == course_report.UNIT else [one.name]
            return report_record.points(units) != record.points
    shown = [unit for unit in state.units if one.name in {unit.id, course_report.UNIT}]
    return any(unit.graded_at and unit.graded_at > at for unit in shown)


def _made(path: Path | None) -> str:
    """Return the path of a report file, or "" if it is not there or may show names while the desk is projected."""
    if path is None or not path.is_file() or projection.on():
        return ""
    return path.relative_to(course.root()).as_posix()


def _instead(unit: str | None, own: Sequence[Standing], questions: Sequence[QuestionResults]) -> str:
    """Return the sentence that stands where there is no question to talk about again."""
    if unit is None:
        return say("desk.results.none_graded")
    if not course.is_exercise(unit):
        return say("desk.results.exam")
    if len(own) < CARRIES:
        spoken = unit_names.short(unit)
        return say("desk.results.few_people", unit=spoken, count=len(own), least=CARRIES)
    enough = any(one.share for one in questions)
    return say(f"desk.results.{'all_right' if enough else 'few_answers'}", least=CARRIES)


def _question(one: QuestionResults) -> dict[str, Any]:
    trap = say("desk.results.trap", count=one.trap.people, answer=one.trap.answer) if one.trap else ""
    shown = one.share is not None or one.waiting
    blank = say("desk.results.blank", count=one.blank) if one.blank and shown else ""
    found = {"number": one.number, "title": one.title, "trap": trap, "blank": blank} | _share(
        one.share, one.n, one.counted
    )
    return found | {"words": say("desk.results.waiting", count=one.waiting)} if one.waiting else found


def _objective(one: ObjectiveResults) -> dict[str, Any]:
    verdict = class_results.verdict(one.share, course.settings().pass_mark) if one.share else ""
    state = say(f"desk.results.{verdict}") if verdict else ""
    return {"title": one.title, "state": state, "verdict": verdict} | _share(one.share, one.n, "can")


def _share(share: ClassShare | None, n: int, counted: str) -> dict[str, Any]:
    """Return a share in words that say who is ``counted``, and the places of its bar in per cent."""
    if share is None:
        return {"words": say("desk.results.too_few", n=n) if n else say("desk.results.nobody"), "bar": None}
    of, between = (
        say(f"desk.results.counted.{counted}", n=share.n),
        say("desk.results.between", low=share.low, high=share.high),
    )
    low, high, at = (round(100 * count / share.n, 1) for count in (share.low, share.high, share.right))
    return {
        "words": f"{share.right} {of}; {between}",
        "right": share.right,
        "of": of,
        "between": between,
        "percent": per_cent(share.share),
        "bar": {"from": low, "width": round(high - low, 1), "at": min(max(at, 1.0), 99.0)},
    }
