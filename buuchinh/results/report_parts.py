"""Define what all reports share: their folder, and the columns with trainees' names and offices."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from buuchinh import course
from buuchinh.messages import say
from buuchinh.personal_data.names import Names
from buuchinh.printed import Print
from buuchinh.spreadsheet import Sheet

_NAMED = (22, 20)
"""Widths of the columns for a person's name and office."""


def folder(unit: str) -> Path:
    """Return the folder that receives the report on ``unit``."""
    return course.root() / course.REPORTS / unit


def named(sheet: Sheet, people: Names | None) -> Sheet:
    """Return ``sheet`` with columns for name and office after the code column, or unchanged if ``people`` is None."""
    if people is None:
        return sheet
    head, *body = sheet.rows
    persons = [people.person(str(row[0])) for row in body]
    rows = [[row[0], one.name, one.office, *row[1:]] for row, one in zip(body, persons, strict=True)]
    more = [say("results.list.name"), say("results.list.office")]
    widths = (*sheet.look.widths[:1], *_NAMED, *sheet.look.widths[1:])
    look = replace(sheet.look, widths=widths, freeze="D2", paper=Print(pinned=3))
    return replace(sheet, rows=[[head[0], *more, *head[1:]], *rows], look=look)
