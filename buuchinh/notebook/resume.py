"""Where a trainee goes on: the unit worked on last while something in it is open, else the next of the path."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from buuchinh import course
from buuchinh.notebook.desk import record_of
from buuchinh.notebook.numbers import numbers
from buuchinh.questions import bank
from buuchinh.questions.answers import Entry, is_given, moment
from buuchinh.questions.authored import asked_as

Row = Mapping[str, Any]


def resume(rows: Iterable[Row], steps: Sequence[Row]) -> dict[str, Any] | None:
    """Return ``unit``, its ``title``, the ``question`` to go on with and its ``number``; None where all is done.

    ``rows`` are lessons and exercises of the start page, in order, ``steps`` those of the role's path. What has not
    been begun is told without a question.
    """
    units = {row["unit"]: row for row in rows}
    begun = []
    for unit, row in units.items():
        if not row.get("handed_in") and (entries := _entries(unit)):
            last = max(moment(entry) or _NEVER for entry in entries.values())
            if left := open_question(unit, entries):
                begun.append((last, unit, left))
    if begun:
        _, unit, (name, number) = max(begun)
        return {"unit": unit, "title": units[unit]["title"], "question": name, "number": number}
    order = [step for step in steps if step["state"] != "done"] or ([] if steps else list(units.values()))
    following = next((one for one in order if "sheet" not in one), None)
    return {"unit": following["unit"], "title": following["title"], "question": "", "number": 0} if following else None


_NEVER = datetime.fromtimestamp(0).astimezone()


def open_question(unit: str, entries: Mapping[str, Entry]) -> tuple[str, int] | None:
    """Return the first question without an answer behind the last that has one, else the first of all; None at the end.

    Of a lesson the part that stands open counts (``numbers``).
    """
    known = numbers(unit)
    given = {number for name, number in known.items() if is_given(entries.get(name, {}))}
    left = [(number, name) for name, number in known.items() if number not in given]
    behind = [one for one in left if given and one[0] > max(given)]
    number, name = min(behind or left, default=(0, ""))
    return (name, number) if number else None


def _entries(unit: str) -> dict[str, Entry]:
    """Return what has been answered in ``unit``, by the id that its notebook asks."""
    if course.graded(unit):
        entries = record_of(unit, bank.load_public(course.sheet_path(unit)).version).answers()
        return {name: entry for name, entry in entries.items() if is_given(entry)}
    found: dict[str, Entry] = {}
    for file in (bank.load(path) for path in bank.practice_files() if path.stem == unit):
        answers = record_of(unit, file.version).answers()
        wording = {question.id: asked_as(question) for question in file.questions}
        found |= {wording[name]: entry for name, entry in answers.items() if name in wording and is_given(entry)}
    return found
