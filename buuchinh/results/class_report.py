"""Write a class's report on a unit: trainees' results, item statistics, answer counts, and missing or late submissions.

The report lists trainees by code (with names on request), sorted by code and never by points. It is written as CSV
files, in which questions have their ids, and as an Excel workbook, in which they have their numbers; its first sheet is
the list that is printed and signed (``result_list``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from buuchinh import course
from buuchinh.attempts import trainee_deadline
from buuchinh.classroom import assigned_roles
from buuchinh.classroom.turn import turn
from buuchinh.errors import KitError
from buuchinh.files import write_bytes
from buuchinh.messages import say
from buuchinh.parsed import once
from buuchinh.personal_data.names import Names
from buuchinh.results import attendance, numbered_questions, point_changes, report_record, result_list, same_work
from buuchinh.results.attendance import Attendance
from buuchinh.results.item_report import (
    asked_by_any,
    asked_of,
    choices,
    question_ids,
    questions,
    reliabilities,
    title_of,
    without_items,
)
from buuchinh.results.report_parts import folder, named
from buuchinh.results.result_list import pass_marks, verdict_words
from buuchinh.results.results import Standing, standings
from buuchinh.spreadsheet import Cell, Look, Sheet, as_csv, as_workbook
from buuchinh.text import format_date, format_moment, format_number

_MISSING = Look(widths=(13, 22, 17, 17, 60), wrapped=7, points=True)
_ABOUT = Look(head="bold", freeze="A2", widths=(34, 90), wrapped=2)


def workbook(unit: str) -> Path:
    """Return the path of the workbook with the report on ``unit``."""
    return folder(unit) / f"bao-cao_{unit}.xlsx"


@turn()
def write(unit: str, *, names: bool = False) -> list[Path]:
    """Write the report on ``unit`` and return the paths of the files written.

    If ``names`` is true, the report contains trainees' names and offices. Raise ``KitError`` if no submission was
    graded.
    """
    graded = standings(unit)
    roll = once(attendance.of_unit, unit)
    people = Names.read() if names else None
    roll = roll if names else attendance.unnamed(roll)
    points, missed = named(trainees(unit, graded, roll), people), named(missing(unit, roll), people)
    asked, chosen = questions(unit, graded), choices(unit, graded)
    written = []
    for sheet in (titled(points, unit, graded, ": "), asked, missed, chosen):
        path = folder(unit) / f"{sheet.name}_{unit}.csv"
        write_bytes(path, as_csv(sheet.rows))
        written.append(path)
    path = workbook(unit)
    first = result_list.sheet(unit, graded, roll, people)
    notes = about(unit, graded, roll, named=names)
    sheets = [first, titled(points, unit, graded, "\n"), without_items(asked), missed, chosen, notes]
    numbers = numbered_questions.in_order(question_ids(unit, graded))
    write_bytes(path, as_workbook([numbered_questions.in_sheet(one, numbers) for one in sheets]))
    report_record.keep(unit, [unit], names=names)
    return [*written, path, *_same_work(unit, people, numbers)]


def _same_work(unit: str, people: Names | None, numbers: Mapping[str, int]) -> list[Path]:
    """Write the list of suspiciously similar submissions to a separate workbook, to keep it apart from the results.

    Return the workbook's path in a list. If there are no such submissions, remove the workbook and return an empty
    list.
    """
    path = folder(unit) / f"bai-giong_{unit}.xlsx"
    if sheets := same_work.sheets(unit, people):
        write_bytes(path, as_workbook([numbered_questions.in_sheet(one, numbers) for one in sheets]))
        return [path]
    path.unlink(missing_ok=True)
    return []


def trainees(unit: str, standings: Sequence[Standing], roll: Attendance) -> Sheet:
    """Return a sheet with one row per trainee, graded or not; the first row below the header shows maximum points."""
    names = question_ids(unit, standings)
    most = {item.id: item.most for standing in standings for item in standing.items}
    forms = {code: asked.form for code, asked in asked_of(standings).items()}
    exam = any(forms.values())
    columns = ("code", "version", "handed_in", "result", "points", "percent")
    last = ("pending", "criticals", "notes", *(("form",) if exam else ()))
    head: list[Cell] = [say(f"results.report.{name}") for name in columns]
    head += [*names, *(say(f"results.report.{name}") for name in last)]
    totals = sorted({standing.most for standing in standings})
    total: Cell = totals[0] if len(totals) == 1 else "/".join(map(format_number, totals))
    top: list[Cell] = [say("results.report.maximum"), "", "", "", total, 100, *(most[name] for name in names)]
    rows = {one.code: _graded(one, names, forms[one.code], roll) for one in standings}
    for code, (state, at, why) in attendance.without_result(unit, roll).items():
        empty: list[Cell] = [None] * (len(names) + 2)
        rows[code] = [code, "", at, state, *empty, None, "", why, ""]
    body = [row[: len(head)] for _, row in sorted(rows.items())]
    if roles := assigned_roles.all_of(rows):
        head.append(say("results.report.role"))
        body = [[*row, course.role_title(roles[str(row[0])]) if row[0] in roles else ""] for row in body]
    widths = (13, 10, 17, 20, 9, 9, *(13 for _ in names), 12, 18, 60)
    look = Look(widths=widths, points=True)
    return Sheet("bang-diem", say("results.report.trainees"), [head, top, *body], look)


def _graded(standing: Standing, names: Sequence[str], form: str, roll: Attendance) -> list[Cell]:
    earned = {item.id: item.earned for item in standing.items}
    until = roll.extended.get(standing.code)
    notes = [say("results.feedback.late")] if standing.late else []
    notes += [say("results.report.extended", until=format_moment(until))] if until else []
    notes += [say("results.report.other_role")] if standing.other_role else []
    return [
        standing.code,
        standing.version,
        standing.handed_in,
        verdict_words(standing, form),
        round(standing.earned, 4),
        standing.percent,
        *(_points(earned[name]) if name in earned else say("results.report.not_asked") for name in names),
        round(standing.pending, 4) or None,
        ", ".join(item.id for item in standing.missed),
        "; ".join([*notes, *standing.notes, *_changes(standing)]),
        form.upper(),
    ]


def titled(sheet: Sheet, unit: str, standings: Sequence[Standing], between: str) -> Sheet:
    """Return a copy of ``sheet`` whose header shows question titles after question ids, separated by ``between``."""
    titles = {name: title_of(one) for name, one in asked_by_any(unit, standings).items()}
    head: list[Cell] = [
        f"{cell}{between}{titles[cell]}" if cell in titles else cell for cell in map(str, sheet.rows[0])
    ]
    return replace(sheet, rows=[head, *sheet.rows[1:]])


def _changes(standing: Standing) -> list[str]:
    """Return a sentence for each answer-key correction that changed points, with question ids (even of an exam).

    If a trainee's record of corrections is damaged, return the problems instead.
    """
    numbers = {item.id: item.id for item in standing.items}
    try:
        return [point_changes.sentence(one, numbers) for one in point_changes.corrections(standing)]
    except KitError as error:  # concerns one person and must not prevent the report
        return [str(problem) for problem in error.problems]


def missing(unit: str, roll: Attendance) -> Sheet:
    """Return a sheet of late, refused and missing submissions, followed by refused files of unknown owners."""
    columns = ("code", "state", "handed_in", "deadline", "notes")
    rows: list[list[Cell]] = [[say(f"results.report.{name}") for name in columns]]
    shown = sorted({**roll.late, **roll.refused}) + list(roll.absent)
    states = attendance.without_result(unit, roll)
    for code in shown:
        state, at, why = states[code]
        rows.append([code, state, at, trainee_deadline.deadline(unit, code), why])
    refused = say("results.report.refused")
    rows += [[one.code, refused, one.at, None, f"{one.origin}: {one.why}"] for one in roll.nobodys]
    return Sheet("chua-nop", say("results.report.missing"), rows, _MISSING)


def about(unit: str, standings: Sequence[Standing], roll: Attendance, *, named: bool = False) -> Sheet:
    """Return the sheet that summarises the class and explains the report's other sheets.

    Unless the report is ``named`` (shows trainees' names), the sheet also explains how to add names.
    """
    settings = course.settings()
    verdicts = [standing.verdict for standing in standings]
    rows: list[list[Cell]] = [
        [say("results.report.about_what"), say("results.report.about_value")],
        [say("results.report.about_unit"), result_list.title(unit)],
        [say("results.report.about_count"), len(standings)],
        [say("results.report.about_late"), len(roll.late)],
        [say("results.report.about_refused"), len(roll.refused)],
        [say("results.report.about_missing"), len(roll.absent)],
        [say("results.report.about_mark"), pass_marks(standings)],
        [say("results.report.about_reviewed"), format_date(settings.reviewed_on)],
    ]
    if roll.others:
        rows.insert(6, [say("results.report.about_others"), len(roll.others)])
    rows.extend(
        [say(f"results.feedback.verdicts.{name}"), verdicts.count(name)] for name in ("pass", "fail", "pending")
    )
    rows.extend(reliabilities(standings))
    rows.extend([say("results.report.about_note"), line] for line in say("results.report.about_lines").splitlines())
    if not named:
        rows.append([say("results.report.about_note"), say("results.list.without_names")])
    return Sheet("ghi-chu", say("results.report.about"), rows, _ABOUT)


def _points(earned: float | None) -> Cell:
    return say("grading.pending") if earned is None else round(earned, 4)
