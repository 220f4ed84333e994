"""Make an empty class list for Excel, with the columns that ``roster`` knows and the words for roles."""

from __future__ import annotations

from buuchinh import course, spreadsheet
from buuchinh.messages import say, section
from buuchinh.spreadsheet import Look, Sheet

_LIST = Look(head="bold", freeze="A2", widths=(6, 30, 30, 18, 14), as_text=True)
_HELP = Look(head="bold", freeze=None, widths=(24, 70))


def content() -> bytes:
    """Return the workbook: a sheet with headers alone, and a sheet that says what goes where."""
    words = section("desk.list.blank")
    roles = [[say("desk.list.blank.role"), course.role_title(role)] for role in course.ROLES]
    help_rows = [[words["column"], words["about"]], *words["columns"], *roles]
    return spreadsheet.as_workbook(
        [
            Sheet("", say("classroom.roster.sheet"), [words["headers"]], _LIST),
            Sheet("", words["help"], help_rows, _HELP),
        ]
    )
