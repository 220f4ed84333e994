"""Read a class list saved by Excel, assign missing codes, write the list with codes, and enrol the trainees.

Only codes are written to nbgrader's gradebook; names stay in the instructor's own file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

from buuchinh import codes, course, spreadsheet
from buuchinh.classroom import (
    assigned_roles,
    classlist,
    given_codes,
    gradebook,
    list_layout,
    list_workbook,
    lost_letters,
    roster_doubts,
    table_end,
)
from buuchinh.classroom.roster_contents import Roster
from buuchinh.errors import KitError, Problem
from buuchinh.files import write_bytes
from buuchinh.messages import say
from buuchinh.printed import Print

PREFIX = "HV"
_TITLE = 15
"""Number of lines at the top of a list in which column headers are searched for."""
_CELLS = 5
"""Maximum number of cells that a sentence names."""
_DATE = re.compile(r"(\d\d?)[-/.](\d\d?)[-/.]((?:19|20)\d\d)")
_LOOK = spreadsheet.Look(head="bold", freeze="A2", narrowest=0, widest=50, margin=3, as_text=True)
_TO_HAND_OUT = spreadsheet.Look(
    head="bold", freeze="A2", narrowest=9, widest=50, margin=3, as_text=True, paper=Print(upright=True)
)


def load(path: Path, *, prefix: str = PREFIX, taken: Sequence[str] = (), place: Path | None = None) -> Roster:
    """Read a class list (CSV or xlsx) and create missing codes, which differ from the codes in ``taken``.

    ``place`` is the path that the list will have if it lies elsewhere now; earlier lists are found beside it.
    Raise ``KitError`` if the list has problems such as mistyped or duplicate codes, naming each problem's line.
    """
    chosen = list_workbook.list_sheet(path, _is_list)
    lines = [(number, _trimmed(row)) for number, row in chosen.lines]
    if not lines:
        raise KitError(say("classroom.roster.empty"), path=path.name)
    head = _head(path.name, lines)
    _refuse_without_value(path, chosen, lines, head)
    headless = tuple(_headless(lines, head))
    lines = list_layout.with_merged_cells(lines, head, list_workbook.merged(path, chosen.title))
    lines = [(number, _trimmed(row)) for number, row in list_layout.with_whole_names(lines, head)]
    first, headers = lines[head]
    columns = classlist.columns(headers)
    if "name" in columns:
        lost_letters.refuse(path.name, [(line, row[columns["name"] :][:1]) for line, row in lines[head + 1 :]])
    else:
        lost_letters.refuse(path.name, [lines[head]])
    naming = [columns[kind] for kind in ("code", "name") if kind in columns]
    rows, nameless, below = [], [], []
    nobodys = table_end.without(lines[head + 1 :], columns, headers)
    for line, row in lines[head + 1 :]:
        if not any(index < len(row) and row[index] for index in naming):
            nameless.append(line)
        elif line in nobodys:
            below.append(f"{line} “{', '.join(filter(None, row))}”")
        else:
            rows.append((line, row))
    if not rows:
        raise KitError(say("classroom.roster.empty"), path=path.name, line=first)
    typed_codes = _codes_of(path.name, rows, columns.get("code"))
    shown = [index for index in range(len(headers)) if index != columns.get("code")]
    cells = [tuple(row[index] if index < len(row) else "" for index in shown) for _, row in rows]
    heads = tuple(headers[index] for index in shown)
    lists = _handed_out(place or path)
    people = classlist.rows(heads, [(number, row) for (number, _), row in zip(rows, cells, strict=True)], typed_codes)
    known = classlist.match(people, *lists)
    earlier = {row.code for rows in lists for row in rows if row.code}
    fresh = given_codes.fresh(prefix, {*taken, *filter(None, known.codes), *earlier})
    filled = tuple(code or next(fresh) for code in known.codes)
    roles = _roles([row for _, row in rows], columns)
    made = frozenset(code for code, before in zip(filled, known.codes, strict=True) if before is None)
    return Roster(
        path,
        heads,
        tuple(cells),
        filled,
        made,
        tuple(people),
        known,
        tuple(nameless),
        tuple(roles),
        headless,
        tuple(below),
        chosen.title,
        chosen.others,
    )


def _is_list(lines: Sequence[tuple[int, list[str]]]) -> bool:
    """Return whether a sheet has at least two known column headers, or one with somebody's name or code below it."""
    head = _head_at(lines)
    if head is None:
        return False
    columns = classlist.columns(lines[head][1])
    naming = [columns[kind] for kind in ("code", "name") if kind in columns]
    return len(columns) > 1 or any(_cell(row, column) for _, row in lines[head + 1 :] for column in naming)


def _refuse_without_value(
    path: Path, chosen: list_workbook.ListSheet, lines: Sequence[tuple[int, list[str]]], head: int
) -> None:
    """Raise ``KitError`` if a column that is read has formulas whose values the workbook does not hold."""
    first, headers = lines[head]
    counting = classlist.of_kind(headers, "counting")
    wanted = {column for column, header in enumerate(headers) if header and column not in counting}
    cells = [
        name
        for line, column, name in list_workbook.without_value(path, chosen.title, chosen.lines)
        if line >= first and column in wanted
    ]
    if cells:
        shown = ", ".join(cells[:_CELLS]) + (" …" if len(cells) > _CELLS else "")
        words, way_out = say("classroom.roster.no_value", cells=shown), say("classroom.roster.no_value_way_out")
        raise KitError(words, way_out, path=path.name)


def _headless(lines: Sequence[tuple[int, list[str]]], head: int) -> Iterator[str]:
    """Yield the letters of non-empty columns to the right of the last header, which two-row headers may cause."""
    from openpyxl.utils import get_column_letter

    count, rows = len(lines[head][1]), [row for _, row in lines[head + 1 :]]
    for column in range(count, max(map(len, rows), default=0)):
        if column != list_layout.given_names(lines, head) and any(_cell(row, column) for row in rows):
            yield get_column_letter(column + 1)


def _roles(rows: list[list[str]], columns: Mapping[str, int]) -> list[str]:
    """Return the role column or, without one, the job titles that are names of roles; empty if there are none."""
    if "role" in columns:
        return [_cell(row, columns["role"]) for row in rows]
    titles = [_cell(row, columns["job_title"]) for row in rows] if "job_title" in columns else []
    named = [title if course.role_named(title) else "" for title in titles]
    return named if any(named) else []


def _cell(row: Sequence[str], column: int | None) -> str:
    return row[column] if column is not None and column < len(row) else ""


def _head_at(lines: Sequence[tuple[int, list[str]]]) -> int | None:
    """Return the 0-based index in ``lines`` of the row of column headers, or None if there is none."""
    for number, (_, row) in enumerate(lines[:_TITLE]):
        if classlist.columns(row).keys() & {"code", "name"} and (number == 0 or len(list(filter(None, row))) > 1):
            return number
    return None


def _head(name: str, lines: Sequence[tuple[int, list[str]]]) -> int:
    """Return the 0-based index in ``lines`` of the row of column headers, which may be below a title."""
    found = _head_at(lines)
    if found is not None:
        return found
    lost_letters.refuse(name, lines[:_TITLE])
    way_out = say("classroom.roster.no_header_way_out")
    raise KitError(say("classroom.roster.no_header", count=_TITLE), way_out, path=name, line=lines[0][0])


def doubts(roster: Roster) -> list[str]:
    """Return notes for the instructor to check, such as whether a new row may be a trainee from an earlier list."""
    return [one.text for one in roster_doubts.found(roster)]


def enrol(roster: Roster) -> int:
    """Add the trainees to nbgrader's gradebook and return the number of new ones; nobody is removed.

    If the list has a role column, the roles are stored as well.
    """
    assigned_roles.keep(dict(zip(roster.codes, map(course.role_named, roster.roles), strict=False)))
    new = 0
    with gradebook.opened() as book:
        known = {student.id for student in book.students}
        for code in roster.codes:
            new += code not in known
            book.update_or_create_student(code)
    return new


def hand_out(roster: Roster) -> tuple[Path, Path, Path]:
    """Write the list with codes beside the original, and return the paths of a CSV, an xlsx and a list to hand out.

    The first two have all columns and stay with the instructor; the list to hand out has only name, office, code
    and, if anybody has one, role.
    """
    headers = (say("classroom.roster.code"), *roster.headers)
    rows = [(code, *map(_dated, row)) for code, row in zip(roster.codes, roster.rows, strict=True)]
    stem = _stem(roster.path)
    _set_aside(stem, set(roster.codes))
    sheet = spreadsheet.Sheet("", say("classroom.roster.sheet"), [headers, *rows], _LOOK)
    write_bytes(stem.with_suffix(".csv"), spreadsheet.as_csv(sheet.rows))
    write_bytes(stem.with_suffix(".xlsx"), spreadsheet.as_workbook([sheet]))
    known = classlist.columns(headers)
    shown = [known[kind] for kind in ("name", "office", "code") if kind in known]
    few = [[row[column] for column in shown] for row in (headers, *rows)]
    if any(roles := _role_titles(roster)):
        few = [[*row, role] for row, role in zip(few, (say("classroom.roster.role"), *roles), strict=True)]
    handed_out = roster.path.with_name(f"{roster.path.stem}{say('classroom.roster.to_hand_out')}.xlsx")
    sheet = spreadsheet.Sheet("", say("classroom.roster.sheet"), few, _TO_HAND_OUT)
    write_bytes(handed_out, spreadsheet.as_workbook([sheet]))
    return stem.with_suffix(".csv"), stem.with_suffix(".xlsx"), handed_out


def _role_titles(roster: Roster) -> list[str]:
    """Return each person's role: that of the list or, if it has no roles, the one that is recorded already."""
    recorded = {} if roster.roles else assigned_roles.all_of(roster.codes)
    roles = [course.role_named(typed) for typed in roster.roles] or [recorded.get(code) for code in roster.codes]
    return [course.role_title(role) if role else "" for role in roles]


def _dated(cell: str) -> spreadsheet.Cell:
    """Convert a cell to a ``date``, which Excel can sort and format, if it holds one; return other cells unchanged."""
    if written := _DATE.fullmatch(cell):
        day, month, year = map(int, written.groups())
        with suppress(ValueError):
            return date(year, month, day)
    return cell


def _set_aside(stem: Path, known: set[str]) -> None:
    """Rename an earlier list if it has codes not in ``known``, since no other file maps those codes to names."""
    made = _last(stem)
    if made is None:
        return
    earlier = {codes.normalise(row[0]) for _, row in spreadsheet.rows(made) if row and codes.valid(row[0])}
    if earlier - known:
        stamp = f"{datetime.fromtimestamp(made.stat().st_mtime).astimezone():%Y%m%d-%H%M%S}"
        count = sum(path.name.startswith(f"{stem.name}-{stamp}") for path in _older(stem))
        made.replace(made.with_name(f"{stem.name}-{stamp}{f'-{count + 1}' if count else ''}{made.suffix}"))


def _stem(path: Path) -> Path:
    return path.with_name(f"{path.stem}{say('classroom.roster.suffix')}")


def _last(stem: Path) -> Path | None:
    return next((path for end in (".csv", ".xlsx") if (path := stem.with_suffix(end)).is_file()), None)


def _older(stem: Path) -> list[Path]:
    """Return the paths of earlier lists that were renamed (see ``_set_aside``), newest first."""
    dated = re.compile(re.escape(stem.name) + r"-(\d{8}-\d{6})(?:-(\d+))?\.(?:csv|xlsx)")
    found = [(m, path) for path in stem.parent.glob("*") if (m := dated.fullmatch(path.name)) and path.is_file()]
    return [path for _, path in sorted(((m[1], int(m[2] or 1)), path) for m, path in found)][::-1]


def _handed_out(path: Path) -> list[list[classlist.ListRow]]:
    """Return the rows, with codes, of the lists that earlier runs wrote; the newest list comes first.

    They ensure that nobody is given a second code, not even a trainee who was missing from some lists.
    """
    last = _last(_stem(path))
    return [_coded(last) if last else [], *map(_coded, _older(_stem(path)))]


def _coded(path: Path) -> list[classlist.ListRow]:
    lines = [(number, row) for number, row in spreadsheet.rows(path) if any(row)]
    if not lines:
        return []
    (_, headers), *lines = list_layout.with_whole_names(lines, 0)
    lines = [(number, row) for number, row in lines if row and codes.valid(row[0])]
    row_codes = [codes.normalise(row[0]) for _, row in lines]
    return classlist.rows(headers[1:], [(number, row[1:]) for number, row in lines], row_codes)


def _codes_of(name: str, rows: Sequence[tuple[int, list[str]]], column: int | None) -> list[str | None]:
    """Return each row's code, or None if the row has no code; raise ``KitError`` if codes are invalid or repeated."""
    row_codes: list[str | None] = []
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    for line, row in rows:
        typed = row[column] if column is not None and column < len(row) else ""
        if not typed:
            row_codes.append(None)
            continue
        try:
            code = codes.normalise(typed)
        except KitError as error:
            problems += [Problem(name, line, problem.message) for problem in error.problems]
            continue
        if code in seen:
            problems.append(Problem(name, line, say("classroom.roster.twice", code=code, line=seen[code])))
        seen.setdefault(code, line)
        row_codes.append(code)
    if problems:
        raise KitError(problems)
    return row_codes


def _trimmed(row: list[str]) -> list[str]:
    """Return ``row`` without trailing empty cells, of which a worksheet may have any number."""
    while row and not row[-1]:
        row = row[:-1]
    return row
