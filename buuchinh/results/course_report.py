"""Write the report on the whole course: a trainee a row, as an Excel workbook and as a page to read and print.

A third file, without names, is for the organisers of a campaign (``campaign_results``): who finished which short test,
and which of its questions were right.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from buuchinh import course, law, pages
from buuchinh.attempts import trainee_deadline
from buuchinh.classroom.turn import turn
from buuchinh.errors import KitError
from buuchinh.exam import exam_groups
from buuchinh.files import read_json, write_bytes, write_json, write_text
from buuchinh.messages import say, section
from buuchinh.parsed import once, parsed, snapshot_mode
from buuchinh.personal_data.names import Names
from buuchinh.printed import Print
from buuchinh.results import class_export, course_rows, report_parts, report_record
from buuchinh.results.course_rows import CourseRow, CourseRows, UnitColumn
from buuchinh.results.due_again import MONTHS, Due
from buuchinh.results.exported_results import Ended
from buuchinh.spreadsheet import Cell, Look, Sheet, as_workbook
from buuchinh.text import format_date, format_number

UNIT = "course"
"""Name by which the command ``buuchinh report`` selects this report."""
_PAGE = Path(__file__).with_name("course_report.html.j2")
_FILE = "ca-khoa"
_NOTES = Look(head="bold", freeze="A2", widths=(34, 100), wrapped=2)
_FEW = 2
"""Maximum number of changed provisions to name."""


def workbook() -> Path:
    """Return the path of the workbook."""
    return report_parts.folder(UNIT) / f"{_FILE}.xlsx"


def page() -> Path:
    """Return the path of the page."""
    return report_parts.folder(UNIT) / f"{_FILE}.html"


def for_campaign() -> Path:
    """Return the path of the file for the organisers of a campaign."""
    return report_parts.folder(UNIT) / f"{_FILE}_chien-dich.json"


@turn()
def write(*, names: bool = False) -> list[Path]:
    """Write the report on the course and return the paths of its files.

    If ``names`` is true, the workbook and the page contain trainees' names and offices. Raise ``KitError`` if nothing
    was given out yet.
    """
    people = Names.read() if names else None
    with snapshot_mode():
        found = course_rows.read()
        if not found.rows or not found.columns:
            raise KitError(say("results.course.none"), say("results.course.none_way_out"))
        rows = report_parts.named(sheet(found, people), people)
    about = _about(named=names)
    write_bytes(workbook(), as_workbook([rows, about]))
    write_text(page(), _filled(rows, about))
    write_json(for_campaign(), class_export.class_file({row.code: _tests(found, row.code) for row in found.rows}))
    report_record.keep(UNIT, [column.unit for column in found.columns], names=names)
    return [workbook(), page(), for_campaign()]


def sheet(found: CourseRows, people: Names | None = None) -> Sheet:
    """Return the sheet with one row per trainee, sorted by code; ``people`` are named in the line to copy."""
    names = {column.unit: title(column.unit) for column in found.columns}
    places = ("before", "after") if found.tests else ()
    right = say("results.course.right")
    head: list[Cell] = [say("results.report.code"), say("results.report.role")]
    head += [say(f"results.course.{name}") for name in ("not_done", "passed_on", "due_on", "why", "line")]
    head += [say("results.course.points", what=name) for name in names.values()]
    head += [say("results.course.column", what=say(f"results.course.{which}"), right=right) for which in places]
    body: list[list[Cell]] = []
    for row in found.rows:
        role = course.role_title(row.role) if row.role else ""
        shares = [_result(column, row.code) for column in found.columns]
        tests = [_percent(getattr(row, which)) for which in places]
        not_done = _not_done(found, row.code)
        due: list[Cell] = [row.due.passed_on, row.due.on, _why(row.due)] if row.due else [None, None, ""]
        called = people.person(row.code).name if people else ""
        body.append([row.code, role, not_done, *due, line(row, not_done, called), *shares, *tests])
    widths = (13, 16, 34, 12, 12, 24, 60, *(11 for _ in (*names, *places)))
    look = Look(freeze="C2", widths=widths, wrapped=len(head), points=True, paper=Print(pinned=1))
    return Sheet(_FILE, say("results.course.sheet"), [head, *body], look)


def line(row: CourseRow, not_done: str, name: str = "") -> str:
    """Return what a person may be told in a message: what is not done yet, what was passed, and what is due again."""
    today = course.today()
    parts = []
    if row.passed and row.due:
        what = title(row.passed.unit, within=True)
        parts.append(say("results.course.line_passed", what=what, day=format_date(row.due.passed_on)))
        late = "line_overdue" if row.due.on <= today else "line_due"
        parts.append(say(f"results.course.{late}", day=format_date(row.due.on), why=_why(row.due)))
    if not_done:
        parts.append(say("results.course.line_not_done", what=not_done))
    if not parts:
        return ""
    called = f"{name} ({row.code})" if name else row.code
    return say("results.course.line_of", who=called, what="; ".join(parts))


def title(unit: str, *, within: bool = False) -> str:
    """Return a unit's name as trainees know it, such as "Bài tập 3", or "bài tập 3" for use ``within`` a sentence."""
    whole = once(_title, unit) or unit
    name = whole.partition(". ")[0] if course.is_exercise(unit) else whole
    number = exam_groups.number(unit)
    if number and number > 1 and str(number) not in name:
        name = say("results.course.sitting", what=name, number=number)
    return name[:1].lower() + name[1:] if within else name


def _title(unit: str) -> str:
    try:
        return parsed(_title_in, course.sheet_path(unit))
    except (KitError, OSError):
        return ""


def _title_in(sheet: Path) -> str:
    found = read_json(sheet)
    return str(found.get("title", "")) if isinstance(found, dict) else ""


def _result(column: UnitColumn, code: str) -> Cell:
    """Return the per cent of points that were earned or, without a result, why there is none."""
    standing = column.graded.get(code)
    if standing:
        return round(100 * standing.share, 2)
    if code in column.attendance.passed_before:
        return say("results.course.passed_before")
    if code in column.without:
        return column.without[code]
    joined_after = code in column.attendance.others and code in column.joined_after
    return say(f"results.course.{'joined_after' if joined_after else 'not_expected'}")


def _not_done(found: CourseRows, code: str) -> str:
    """Return what a person still owes: units without a result, failed units, and units that wait to be marked.

    Of an exam with several sittings, only the last one is named, and none if any was passed. In a class with deadlines,
    nobody owes a unit that has none.
    """
    owed: dict[str, str] = {}
    due = course.settings().deadlines
    not_submitted = {column.unit for column in found.columns if code in column.attendance.absent}
    not_due = not_submitted.difference(due) if due else set()
    for column in found.columns:
        standing = column.graded.get(code)
        if standing and standing.verdict != "pass":
            owed[column.unit] = say(f"results.course.verdicts.{standing.verdict}")
        elif not standing and code in column.without and column.unit not in not_due:
            owed[column.unit] = column.without[code]
    groups: dict[str, list[str]] = {}
    for unit, word in owed.items():
        if not course_rows.is_superseded(found, unit, code, owed):
            name = _with_deadline(unit, code) if unit in not_submitted else title(unit, within=True)
            groups.setdefault(word, []).append(name)
    return "; ".join(f"{word}: {', '.join(units)}" for word, units in groups.items())


def _with_deadline(unit: str, code: str) -> str:
    """Return a unit's name within a sentence, with the trainee's own deadline if that is still to come."""
    until = trainee_deadline.deadline(unit, code)
    name = title(unit, within=True)
    if until is None or until < datetime.now().astimezone():
        return name
    return say("results.course.with_deadline", what=name, day=format_date(until.date()))


def _percent(end: Ended | None) -> Cell:
    return round(100 * sum(end.right.values()) / len(end.right), 2) if end and end.right else None


def _why(due: Due) -> str:
    if not due.refs:
        return say("results.course.after_months", months=MONTHS)
    named = "; ".join(law.cite(ref) for ref in due.refs[:_FEW])
    more = len(due.refs) - _FEW
    return say("results.course.law", named=named) + (say("results.course.law_more", count=more) if more > 0 else "")


def _tests(found: CourseRows, code: str) -> dict[str, Ended]:
    return {unit: those[code] for unit, those in found.tests.items() if code in those}


def _about(*, named: bool) -> Sheet:
    how = say("results.report.about_note")
    rows: list[list[Cell]] = [[say("results.report.about_what"), say("results.report.about_value")]]
    rows += [[say("results.course.made_on"), format_date(course.today())]]
    rows += [[how, one] for one in say("results.course.about_lines", months=MONTHS).splitlines()]
    if not named:
        rows.append([how, say("results.course.without_names")])
    return Sheet("ghi-chu", say("results.report.about"), rows, _NOTES)


def _filled(people: Sheet, about: Sheet) -> str:
    head, *body = people.rows
    kinds = {"not_done": "long", "line": "line", "passed_on": "day", "due_on": "day"}
    classes = {say(f"results.course.{name}"): kind for name, kind in kinds.items()}
    values: dict[str, Any] = {
        "head": head,
        "kinds": [classes.get(str(cell), "") for cell in head],
        "rows": [[_shown(cell) for cell in row] for row in body],
        "made_on": about.rows[1],
        "notes": [row[1] for row in about.rows[2:]],
    }
    return pages.template(_PAGE).render(words=section("results.course"), course=course.settings().title, **values)


def _shown(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float | int):
        return format_number(cell, 2)
    return cell if isinstance(cell, str) else format_date(cell)
