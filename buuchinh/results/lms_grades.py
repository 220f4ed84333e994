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
from buuchinh.messages import say
from buuchinh.results.results import standings
from buuchinh.spreadsheet import Cell

IDENTIFIERS = ("username", "idnumber", "email")
"""The headers by which Moodle finds a person; an account column with another header is taken for user names."""


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
    rows = [(number, [spreadsheet.unguarded(row[0]), *row[1:]]) for number, row in spreadsheet.rows(path) if any(row)]
    identifier, known, problems = IDENTIFIERS[0], dict[str, str](), list[Problem]()
    for place, (number, row) in enumerate(rows):
        code, account = row[0], row[1] if len(row) > 1 else ""
        if not codes.valid(code):
            if place == 0 and "code" in classlist.columns(row):
                identifier = account.lower() if account.lower() in IDENTIFIERS else identifier
            else:
                problems.append(Problem(path.name, number, say("lms.grades.no_code", code=code)))
        elif account:
            code = codes.normalise(code)
            if code in known or account in known.values():
                problems.append(Problem(path.name, number, say("lms.grades.twice", code=code, account=account)))
            elif not _survives(account):
                problems.append(Problem(path.name, number, say("lms.grades.formula", account=account)))
            known.setdefault(code, account)
    if problems:
        raise KitError(problems)
    if not known:
        raise KitError([Problem(path.name, 0, say("lms.grades.empty"))])
    return identifier, known


def _survives(account: str) -> bool:
    """Whether an account is the same after it was written, since what looks like a formula gets an apostrophe."""
    written = io.StringIO(spreadsheet.as_csv([[account]]).decode("utf-8-sig"), newline="")
    return next(csv.reader(written)) == [account]
