"""Write a unit's results as the CSV file that Moodle's grade import reads, with accounts in place of codes.

Points are a percentage with a decimal point, since an item of Moodle's gradebook goes to 100 unless it is changed. Only
final results are written. The last column holds the codes, which Moodle ignores and by which ``forget`` finds the file.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from buuchinh import codes, course, spreadsheet
from buuchinh.classroom import classlist
from buuchinh.classroom.turn import turn
from buuchinh.errors import KitError, Problem
from buuchinh.files import write_bytes
from buuchinh.messages import say, section
from buuchinh.results.results import standings
from buuchinh.spreadsheet import Cell

IDENTIFIERS = ("username", "idnumber", "email")
"""The columns by which Moodle finds a person; a list without a header holds user names."""


@dataclass(frozen=True)
class GradeFile:
    """A written file of grades, with the codes that are not in it: those without an account or without final points."""

    path: Path
    count: int
    without_account: tuple[str, ...]
    pending: tuple[str, ...]


@turn()
def write(unit: str, accounts: Path) -> GradeFile:
    """Write the results of ``unit`` for the people that ``accounts`` lists, a table of two columns: code, account.

    Raise ``KitError`` if the list has faults or names nobody with a final result; nothing is written then.
    """
    identifier, known = _read(accounts)
    graded = standings(unit)
    final = [one for one in graded if not one.pending]
    rows: list[list[Cell]] = [
        [known[one.code], round(100 * one.share, 2), one.code] for one in final if one.code in known
    ]
    without = tuple(one.code for one in graded if one.code not in known)
    pending = tuple(one.code for one in graded if one.pending and one.code in known)
    if not rows:
        raise KitError(say("lms.grades.nobody", unit=unit, path=accounts.name))
    path = course.root() / course.REPORTS / unit / f"diem-lms_{unit}.csv"
    write_bytes(path, spreadsheet.as_csv([[identifier, unit, say("results.report.code")], *rows]))
    return GradeFile(path, len(rows), without, pending)


def _read(path: Path) -> tuple[str, dict[str, str]]:
    """Return the name of the account column and the account of each code; raise ``KitError`` with every fault."""
    rows = [(number, [cell.strip() for cell in row]) for number, row in spreadsheet.rows(path) if any(row)]
    identifier, known, problems = IDENTIFIERS[0], dict[str, str](), list[Problem]()
    if wide := next((number for number, row in rows if any(row[2:])), 0):
        raise KitError(say("lms.grades.wide"), say("lms.grades.wide_way_out"), path=path.name, line=wide)
    rows = [(number, [spreadsheet.unguarded(row[0]), *row[1:2], ""][:2]) for number, row in rows]
    if sum(codes.valid(account) for _, (_, account) in rows) > sum(codes.valid(code) for _, (code, _) in rows):
        raise KitError(say("lms.grades.swapped"), path=path.name)
    taken: set[str] = set()
    for place, (number, (written, account)) in enumerate(rows):
        code = codes.normalise(written) if codes.valid(written) else ""
        if not code:
            if place == 0 and "code" in classlist.columns([written]):
                identifier = _identifier(path, number, account)
            else:
                problems.append(Problem(path.name, number, say("lms.grades.no_code", code=written)))
        elif account:
            if code in known:
                problems.append(Problem(path.name, number, say("lms.grades.code_twice", code=code)))
            elif account.casefold() in taken:  # Moodle finds people by account without regard to case
                problems.append(Problem(path.name, number, say("lms.grades.account_twice", account=account)))
            elif not _survives(account):
                problems.append(Problem(path.name, number, say("lms.grades.formula", account=account)))
            taken.add(account.casefold())
            known.setdefault(code, account)
    if problems:
        raise KitError(problems)
    if not known:
        raise KitError(say("lms.grades.empty"), path=path.name)
    return identifier, known


def _identifier(path: Path, number: int, header: str) -> str:
    """Return how Moodle finds a person by a column of that header; raise ``KitError`` if the header does not say it."""
    names: dict[str, list[str]] = section("lms.grades.headers")
    for identifier, headers in names.items():
        if header.casefold() in headers:
            return identifier
    words = say("lms.grades.no_header", header=header)
    raise KitError(words, say("lms.grades.no_header_way_out"), path=path.name, line=number)


def _survives(account: str) -> bool:
    """Whether an account is the same after it was written, since what looks like a formula gets an apostrophe."""
    written = io.StringIO(spreadsheet.as_csv([[account]]).decode("utf-8-sig"), newline="")
    return next(csv.reader(written)) == [account]
