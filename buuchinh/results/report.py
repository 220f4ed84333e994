"""Writes the report of a class: each trainee, each question and what was chosen, who is missing or late.

Codes, no names; sorted by code, never by points. Written as CSV and as one workbook (``spreadsheet``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from buuchinh import course
from buuchinh.classroom import assigned_roles, extensions
from buuchinh.classroom.turn import turn
from buuchinh.errors import KitError
from buuchinh.exam import cut_scores, groups
from buuchinh.files import write_bytes
from buuchinh.grading import grade_class
from buuchinh.messages import say
from buuchinh.parsed import once
from buuchinh.release import versions
from buuchinh.results import attendance, point_changes, same_work
from buuchinh.results.attendance import Attendance
from buuchinh.results.item_report import asked_of, choices, question_ids, questions, reliabilities, title_of
from buuchinh.results.results import Standing, standings
from buuchinh.spreadsheet import Cell, Look, Sheet, as_csv, as_workbook
from buuchinh.text import format_date, format_moment

_PLAIN = Look(head="", freeze=None)


def folder(unit: str) -> Path:
    """Return where the report of ``unit`` is written."""
    return course.root() / course.REPORTS / unit


@turn()
def write(unit: str) -> list[Path]:
    """Write the report of ``unit`` and return its files; ``KitError`` where nobody was graded."""
    found = standings(unit)
    where = once(attendance.of_unit, unit)
    tables = [trainees(unit, found, where), questions(unit, found), missing(unit, where), choices(unit, found)]
    written = []
    for sheet in tables:
        path = folder(unit) / f"{sheet.name}_{unit}.csv"
        write_bytes(path, as_csv(sheet.rows))
        written.append(path)
    path = folder(unit) / f"bao-cao_{unit}.xlsx"
    write_bytes(path, as_workbook([named(tables[0], unit), *tables[1:], about(unit, found, where)]))
    return [*written, *_same_work(unit), path]


def _same_work(unit: str) -> list[Path]:
    """Write what is to be asked of similar work beside the report: it does not travel with marks that are filed."""
    path = folder(unit) / f"bai-giong_{unit}.xlsx"
    if sheets := same_work.sheets(unit):
        write_bytes(path, as_workbook(sheets))
        return [path]
    path.unlink(missing_ok=True)
    return []


def trainees(unit: str, found: Sequence[Standing], where: Attendance) -> Sheet:
    """Return a row for each of the class, graded or not; the first row after the head holds the most to be earned."""
    names = question_ids(unit, found)
    most = {item.id: item.most for standing in found for item in standing.items}
    forms = {code: asked.form for code, asked in asked_of(found).items()}
    exam = any(forms.values())
    columns = ("code", "version", "handed_in", "result", "points", "percent")
    last = ("pending", "criticals", "notes", *(("form",) if exam else ()))
    head: list[Cell] = [say(f"results.report.{name}") for name in columns]
    head += [*names, *(say(f"results.report.{name}") for name in last)]
    total = sum(most[name] for name in names)
    top: list[Cell] = [say("results.report.maximum"), "", "", "", total, 100, *(most[name] for name in names)]
    rows = {one.code: _graded(one, names, forms[one.code], where) for one in found}
    for code, (state, at, why) in _without_result(unit, where).items():
        empty: list[Cell] = [None] * (len(names) + 2)
        rows[code] = [code, "", at, state, *empty, None, "", why, ""]
    body = [row[: len(head)] for _, row in sorted(rows.items())]
    if roles := assigned_roles.all_of(rows):
        head.append(say("results.report.role"))
        body = [[*row, course.role_title(roles[str(row[0])]) if row[0] in roles else ""] for row in body]
    widths = (13, 10, 17, 20, 9, 9, *(13 for _ in names), 12, 18, 60)
    return Sheet("bang-diem", say("results.report.trainees"), [head, top, *body], Look(widths=widths, points=True))


def _graded(standing: Standing, names: Sequence[str], form: str, where: Attendance) -> list[Cell]:
    earned = {item.id: item.earned for item in standing.items}
    until = where.extended.get(standing.code)
    notes = [say("results.feedback.late")] if standing.late else []
    notes += [say("results.report.extended", until=format_moment(until))] if until else []
    ours = groups.is_for(standing.unit, assigned_roles.of(standing.code))
    notes += [] if ours else [say("results.report.other_role")]
    return [
        standing.code,
        standing.version,
        standing.handed_in,
        _result(standing, form),
        round(standing.earned, 4),
        round(100 * standing.share, 1),
        *(_points(earned[name]) if name in earned else say("results.report.not_asked") for name in names),
        round(standing.pending, 4) or None,
        ", ".join(item.id for item in standing.missed_criticals),
        "; ".join([*notes, *standing.notes, *_changes(standing)]),
        form.upper(),
    ]


def _without_result(unit: str, where: Attendance) -> dict[str, tuple[str, datetime | None, str]]:
    """Return for each of the class without a result what became of them, when they handed in, and why."""
    found: dict[str, tuple[str, datetime | None, str]] = {}
    found |= {code: (say("results.report.not_handed_in"), None, "") for code in where.absent}
    found |= {code: (say("results.report.late"), at, "") for code, at in where.late.items()}
    refused = where.refused.items()
    found |= {code: (say("results.report.refused"), one.at, f"{one.origin}: {one.reason}") for code, one in refused}
    return found | {code: (say("results.report.not_graded"), None, "") for code in grade_class.ungraded(unit)}


def named(sheet: Sheet, unit: str) -> Sheet:
    """Return a sheet with the title of each question below its id, for people; a CSV keeps the ids alone."""
    titles = {name: title_of(one) for name, one in versions.released(unit).obscured.items()}
    head: list[Cell] = [f"{cell}\n{titles[cell]}" if cell in titles else cell for cell in map(str, sheet.rows[0])]
    return replace(sheet, rows=[head, *sheet.rows[1:]])


def _changes(standing: Standing) -> list[str]:
    """Say for each correction of a key what it moved; the instructor may know of which question, of an exam too."""
    numbers = {item.id: item.id for item in standing.items}
    try:
        return [point_changes.sentence(one, numbers) for one in point_changes.told(standing)]
    except KitError as error:  # of one person: the others have their report
        return [str(problem) for problem in error.problems]


def missing(unit: str, where: Attendance) -> Sheet:
    """Return a row for each of the class of whom nothing counts, and for what was refused and is nobody's."""
    columns = ("code", "state", "handed_in", "deadline", "notes")
    rows: list[list[Cell]] = [[say(f"results.report.{name}") for name in columns]]
    shown = sorted({**where.late, **where.refused}) + list(where.absent)
    states = _without_result(unit, where)
    for code in shown:
        state, at, why = states[code]
        rows.append([code, state, at, extensions.deadline(unit, code), why])
    refused = say("results.report.refused")
    rows += [[one.code, refused, one.at, None, f"{one.origin}: {one.reason}"] for one in where.nobodys]
    return Sheet("chua-nop", say("results.report.missing"), rows, Look(points=True))


def _result(standing: Standing, form: str) -> str:
    verdict = standing.verdict
    word = say(f"results.feedback.verdicts.{verdict}")
    known = cut_scores.standard(standing.unit, form, standing.version) if verdict == "fail" else None
    if known and not standing.missed_criticals and cut_scores.near(standing.share, standing.pass_mark, known):
        return f"{word} ({say('results.report.near')})"
    return word


def about(unit: str, found: Sequence[Standing], where: Attendance) -> Sheet:
    """Return what one must know to read the other sheets."""
    settings = course.settings()
    verdicts = [standing.verdict for standing in found]
    rows: list[list[Cell]] = [
        [say("results.report.about_unit"), unit],
        [say("results.report.about_count"), len(found)],
        [say("results.report.about_late"), len(where.late)],
        [say("results.report.about_refused"), len(where.refused)],
        [say("results.report.about_missing"), len(where.absent)],
        [say("results.report.about_mark"), _pass_marks(found)],
        [say("results.report.about_reviewed"), format_date(settings.reviewed_on)],
    ]
    if where.others:
        rows.insert(5, [say("results.report.about_others"), len(where.others)])
    rows.extend(
        [say(f"results.feedback.verdicts.{name}"), verdicts.count(name)] for name in ("pass", "fail", "pending")
    )
    rows.extend(reliabilities(found))
    rows.extend([say("results.report.about_note"), line] for line in say("results.report.about_lines").splitlines())
    return Sheet("ghi-chu", say("results.report.about"), rows, _PLAIN)


def _pass_marks(found: Sequence[Standing]) -> str:
    """Return the pass mark as it was recorded at release; where versions differ in it, each with its version."""
    marks = {standing.version: f"{standing.pass_mark:.0%}" for standing in found}
    if len(set(marks.values())) == 1:
        return next(iter(marks.values()))
    return "; ".join(f"{marks[version]} ({version})" for version in sorted(marks, key=versions.order))


def _points(earned: float | None) -> Cell:
    return say("grading.pending") if earned is None else round(earned, 4)
