"""Reads a class list as Excel saves it, makes missing codes, writes the list with codes, fills the gradebook.

Only codes go into nbgrader's gradebook; names stay in the instructor's own file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from buuchinh import codes, course, spreadsheet
from buuchinh.classroom import assigned_roles, classlist, given_codes, gradebook, lost_letters, table_end
from buuchinh.errors import KitError, Problem
from buuchinh.files import write_bytes
from buuchinh.messages import say
from buuchinh.printed import Print
from buuchinh.text import fold

PREFIX = "HV"
_MOST_NAMED = 20
_TITLE = 15
"""Lines among which the names of the columns are looked for."""
_DATE = re.compile(r"(\d\d?)[-/.](\d\d?)[-/.]((?:19|20)\d\d)")
_LOOK = spreadsheet.Look(head="bold", freeze="A2", narrowest=0, widest=50, margin=3, as_text=True)
_TO_HAND_OUT = spreadsheet.Look(
    head="bold", freeze="A2", narrowest=9, widest=50, margin=3, as_text=True, paper=Print(upright=True)
)


@dataclass(frozen=True)
class Roster:
    """A class list: ``headers`` and ``rows`` of the file without its column of codes; ``codes`` has one a row.

    ``headless`` names columns (``C``) that have words and no name, which are left out. ``nameless`` are the lines below
    the head that name nobody: sums, who drew the list up; ``below`` those of them that have words where names stand,
    with their words. ``roles`` is what each row says in the column of roles, empty where the list has none.
    """

    path: Path
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    codes: tuple[str, ...]
    made: frozenset[str]
    people: tuple[classlist.Row, ...]
    known: classlist.Matches
    nameless: tuple[int, ...] = ()
    roles: tuple[str, ...] = ()
    headless: tuple[str, ...] = ()
    below: tuple[str, ...] = ()


def load(path: Path, *, prefix: str = PREFIX, taken: Sequence[str] = ()) -> Roster:
    """Read a list (CSV or xlsx) and make the codes that are missing, apart from those that are ``taken``.

    Raises ``KitError`` with every fault and its line: a mistyped code, one that stands twice.
    """
    lines = [(number, _trimmed(row)) for number, row in spreadsheet.rows(path) if any(row)]
    if not lines:
        raise KitError([Problem(path.name, 0, say("classroom.roster.empty"))])
    head = _head(path.name, lines)
    first, headers = lines[head]
    columns = classlist.columns(headers)
    if "name" in columns:
        lost_letters.refuse(path.name, [(line, row[columns["name"] :][:1]) for line, row in lines[head + 1 :]])
    else:
        lost_letters.refuse(path.name, [lines[head]])
    told = [columns[kind] for kind in ("code", "name") if kind in columns]
    rows, nameless, below = [], [], []
    nobodys = table_end.without(lines[head + 1 :], columns, headers)
    for line, row in lines[head + 1 :]:
        if not any(index < len(row) and row[index] for index in told):
            nameless.append(line)
        elif line in nobodys:
            below.append(f"{line} “{', '.join(filter(None, row))}”")
        else:
            rows.append((line, row))
    if not rows:
        raise KitError([Problem(path.name, first, say("classroom.roster.empty"))])
    given = _given(path.name, rows, columns.get("code"))
    kept = [index for index in range(len(headers)) if index != columns.get("code")]
    cells = [tuple(row[index] if index < len(row) else "" for index in kept) for _, row in rows]
    heads = tuple(headers[index] for index in kept)
    lists = _handed_out(path)
    people = classlist.rows(heads, [(number, row) for (number, _), row in zip(rows, cells, strict=True)], given)
    known = classlist.match(people, *lists)
    earlier = {row.code for rows in lists for row in rows if row.code}
    fresh = given_codes.fresh(prefix, {*taken, *filter(None, known.codes), *earlier})
    filled = tuple(code or next(fresh) for code in known.codes)
    told_roles = [_cell(row, columns["role"]) for _, row in rows] if "role" in columns else []
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
        tuple(told_roles),
        tuple(_headless(len(headers), lines[head + 1 :])),
        tuple(below),
    )


def _headless(count: int, lines: Sequence[tuple[int, list[str]]]) -> Iterator[str]:
    """Yield the columns behind the last that has a name, by Excel's letters: a head of two rows loses them."""
    from openpyxl.utils import get_column_letter

    for column in range(count, max((len(row) for _, row in lines), default=0)):
        if any(_cell(row, column) for _, row in lines):
            yield get_column_letter(column + 1)


def _cell(row: Sequence[str], column: int | None) -> str:
    return row[column] if column is not None and column < len(row) else ""


def _head(name: str, lines: Sequence[tuple[int, list[str]]]) -> int:
    """Return which of the lines names the columns: above it, a list made for printing has a title."""
    for number, (_, row) in enumerate(lines[:_TITLE]):
        if classlist.columns(row).keys() & {"code", "name"} and (number == 0 or len(list(filter(None, row))) > 1):
            return number
    lost_letters.refuse(name, lines[:_TITLE])
    way_out = say("classroom.roster.no_header_way_out")
    raise KitError([Problem(name, lines[0][0], say("classroom.roster.no_header", count=_TITLE), way_out)])


def doubts(roster: Roster) -> list[str]:
    """Return questions to a person: whether a new row is a trainee of an earlier list, which of two alike is which."""
    said = [say("classroom.roster.nameless", lines=_some(list(map(str, roster.nameless))))] if roster.nameless else []
    if roster.below:
        said.append(say("classroom.roster.below", lines="; ".join(roster.below), file=roster.path.name))
    if roster.headless:
        said.append(say("classroom.roster.headless", columns=_some(roster.headless), file=roster.path.name))
    said += [
        say("classroom.roster.no_role", line=row.line, word=word, roles=", ".join(map(course.role_title, course.ROLES)))
        for row, word in zip(roster.people, roster.roles, strict=False)
        if word and not course.role_named(word)
    ]
    said += [
        say("classroom.roster.renamed", line=row.line, code=before.code, earlier=before, row=row)
        for row, before in roster.known.renamed
    ]
    for row, before in roster.known.changed:
        words = {"line": row.line, "row": row, "code": before.code, "file": roster.path.name}
        said.append(say("classroom.roster.changed", **words, columns=_differing(row, before)))
    said += [
        say("classroom.roster.returned", line=row.line, row=row, code=before.code, earlier=before)
        for row, before in roster.known.returned
    ]
    if roster.known.unsure:
        given = [f"{row.line} ({before.code})" for row, before in roster.known.unsure]
        said.append(say("classroom.roster.unsure", rows=_some(given)))
    new = {row: code for row, code in zip(map(id, roster.people), roster.codes, strict=True) if code in roster.made}
    fresh = [row for row in roster.people if id(row) in new]
    gone: list[str] = []
    for number, before in enumerate((*roster.known.left, *roster.known.older)):
        found = classlist.likeliest(before, fresh)
        if found is None:
            gone += [f"{before.code} {before}"] if number < len(roster.known.left) else []
            continue
        fresh.remove(found)
        words = {"line": found.line, "row": found, "new": new[id(found)], "code": before.code, "earlier": before}
        if fold(str(found)) == fold(str(before)) and (differing := _differing(found, before)):
            said.append(say("classroom.roster.namesake", **words, columns=differing, file=roster.path.name))
        else:
            said.append(say("classroom.roster.similar", **words, file=roster.path.name))
    if gone:
        said.append(say("classroom.roster.gone", count=len(gone), people=_some(gone), file=roster.path.name))
    return said + _alike(roster)


def _differing(row: classlist.Row, before: classlist.Row) -> str:
    """Name the columns in which somebody is not as before, with what stands there and what stood there."""
    differ = row.compared(before)[0]
    return "; ".join(
        say("classroom.roster.differs", column=row.headers[name], now=row.cells[name], earlier=before.cells[name])
        for name in row.cells
        if name in differ
    )


def _some(named: Sequence[str]) -> str:
    return ", ".join(named[:_MOST_NAMED]) + (" …" if len(named) > _MOST_NAMED else "")


def _alike(roster: Roster) -> list[str]:
    """Name the rows that nothing tells apart: their codes go by their order."""
    lines: dict[tuple[str, ...], list[int]] = {}
    for row in roster.people:
        if row.code is None:
            lines.setdefault(tuple(fold(cell, marks=True) for cell in row.cells.values()), []).append(row.line)
    return [say("classroom.roster.alike", lines=", ".join(map(str, same))) for same in lines.values() if len(same) > 1]


def enrol(roster: Roster) -> int:
    """Put the trainees into nbgrader's gradebook and return how many are new; nobody is taken out.

    Roles are kept where the list has a column of them.
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
    """Write the list with its codes beside the original and return the paths: CSV, xlsx, what is handed out.

    The first two have every column and stay with whoever keeps the list; what is handed out has name, office and code.
    """
    headers = (say("classroom.roster.code"), *roster.headers)
    rows = [(code, *map(_dated, row)) for code, row in zip(roster.codes, roster.rows, strict=True)]
    stem = _stem(roster.path)
    _set_aside(stem, set(roster.codes))
    sheet = spreadsheet.Sheet("", say("classroom.roster.sheet"), [headers, *rows], _LOOK)
    write_bytes(stem.with_suffix(".csv"), spreadsheet.as_csv(sheet.rows))
    write_bytes(stem.with_suffix(".xlsx"), spreadsheet.as_workbook([sheet]))
    known = classlist.columns(headers)
    told = [known[kind] for kind in ("name", "office", "code") if kind in known]
    few = [[row[column] for column in told] for row in (headers, *rows)]
    handed_out = roster.path.with_name(f"{roster.path.stem}{say('classroom.roster.to_hand_out')}.xlsx")
    sheet = spreadsheet.Sheet("", say("classroom.roster.sheet"), few, _TO_HAND_OUT)
    write_bytes(handed_out, spreadsheet.as_workbook([sheet]))
    return stem.with_suffix(".csv"), stem.with_suffix(".xlsx"), handed_out


def _dated(cell: str) -> spreadsheet.Cell:
    """Return a date as a date: Excel sorts it, and shows it as people write it."""
    if written := _DATE.fullmatch(cell):
        day, month, year = map(int, written.groups())
        with suppress(ValueError):
            return date(year, month, day)
    return cell


def _set_aside(stem: Path, known: set[str]) -> None:
    """Keep an earlier list that holds codes of other people: nowhere else do they stand beside a name."""
    made = _last(stem)
    if made is None:
        return
    earlier = {codes.normalise(row[0]) for _, row in spreadsheet.rows(made) if row and codes.valid(row[0])}
    if earlier - known:
        stamp = f"{datetime.fromtimestamp(made.stat().st_mtime).astimezone():%Y%m%d-%H%M%S}"
        count = sum(one.name.startswith(f"{stem.name}-{stamp}") for one in _older(stem))
        made.replace(made.with_name(f"{stem.name}-{stamp}{f'-{count + 1}' if count else ''}{made.suffix}"))


def _stem(path: Path) -> Path:
    return path.with_name(f"{path.stem}{say('classroom.roster.suffix')}")


def _last(stem: Path) -> Path | None:
    return next((one for end in (".csv", ".xlsx") if (one := stem.with_suffix(end)).is_file()), None)


def _older(stem: Path) -> list[Path]:
    """Return the lists that were set aside, the newest first."""
    dated = re.compile(re.escape(stem.name) + r"-(\d{8}-\d{6})(?:-(\d+))?\.(?:csv|xlsx)")
    found = [(match, one) for one in stem.parent.glob("*") if (match := dated.fullmatch(one.name)) and one.is_file()]
    return [one for _, one in sorted(((m[1], int(m[2] or 1)), one) for m, one in found)][::-1]


def _handed_out(path: Path) -> list[list[classlist.Row]]:
    """Return the lists that earlier runs wrote, the last first, each row with its code.

    A second run makes no second code, also for somebody who was left out for a while.
    """
    last = _last(_stem(path))
    return [_coded(last) if last else [], *map(_coded, _older(_stem(path)))]


def _coded(made: Path) -> list[classlist.Row]:
    lines = [(number, row) for number, row in spreadsheet.rows(made) if any(row)]
    if not lines:
        return []
    (_, headers), *lines = lines
    lines = [(number, row) for number, row in lines if codes.valid(row[0])]
    given = [codes.normalise(row[0]) for _, row in lines]
    return classlist.rows(headers[1:], [(number, row[1:]) for number, row in lines], given)


def _given(name: str, rows: Sequence[tuple[int, list[str]]], column: int | None) -> list[str | None]:
    """Return the code of each row, None where there is none yet; all faults at once."""
    given: list[str | None] = []
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    for line, row in rows:
        typed = row[column] if column is not None and column < len(row) else ""
        if not typed:
            given.append(None)
            continue
        try:
            code = codes.normalise(typed)
        except KitError as error:
            problems += [Problem(name, line, problem.message) for problem in error.problems]
            continue
        if code in seen:
            problems.append(Problem(name, line, say("classroom.roster.twice", code=code, line=seen[code])))
        seen.setdefault(code, line)
        given.append(code)
    if problems:
        raise KitError(problems)
    return given


def _trimmed(row: list[str]) -> list[str]:
    """Leave out the empty cells at the end, which a sheet has without number."""
    while row and not row[-1]:
        row = row[:-1]
    return row
