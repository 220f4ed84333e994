"""Write an instructor's answers about a class list into the list itself, as codes in its column of codes.

Whoever is somebody from an earlier list gets that person's code. Whoever only looks so gets none and so a new one; for
the person whose code it would have been, the earlier row is added to the list.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from buuchinh import spreadsheet
from buuchinh.classroom.classlist import ListRow
from buuchinh.classroom.roster_contents import Roster
from buuchinh.classroom.roster_doubts import Doubt
from buuchinh.messages import say

_LOOK = spreadsheet.Look(head="bold", freeze="A2", narrowest=0, widest=50, margin=3, as_text=True)


def content(roster: Roster, answers: Sequence[tuple[Doubt, bool]], path: Path) -> bytes:
    """Return the list with ``answers`` in it, as CSV or a workbook after the suffix of ``path``.

    ``answers`` are doubts with two rows, each with True if both rows are the same person.
    """
    given = {id(doubt.row): doubt.before for doubt, same in answers if same and doubt.before}
    added = [doubt.before for doubt, same in answers if not same and doubt.keeps and doubt.before]
    rows: list[list[str]] = [[say("classroom.roster.code"), *roster.headers]]
    for person, cells in zip(roster.people, roster.rows, strict=True):
        before = given.get(id(person))
        rows.append([person.code or (before.code if before else None) or "", *cells])
    names = {header: name for name, header in roster.people[0].headers.items()}
    rows += [[row.code or "", *(_cell(row, names.get(header, "")) for header in roster.headers)] for row in added]
    if path.suffix.lower() in spreadsheet.WORKBOOKS:
        return spreadsheet.as_workbook([spreadsheet.Sheet("", say("classroom.roster.sheet"), rows, _LOOK)])
    return spreadsheet.as_csv(rows)


def _cell(row: ListRow, name: str) -> str:
    return spreadsheet.unguarded(row.cells.get(name, ""))
