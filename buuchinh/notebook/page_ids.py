"""Look up the question whose id a cell names, with error messages that list the notebook's question ids and numbers.

An id does not always end in the displayed number, since a question that was added later has the next free id.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping

from buuchinh import course
from buuchinh.errors import KitError
from buuchinh.messages import say
from buuchinh.notebook.question_numbers import numbers
from buuchinh.notebook.workspace import here, sheet_of
from buuchinh.questions import types
from buuchinh.questions.model import Question, QuestionSheet

_NUMBER = re.compile(r"0*(\d{1,3})$")


def find_question(question_id: str, *, by_code: bool = False) -> tuple[QuestionSheet, Question]:
    """Return the question ``question_id`` and the sheet (the unit's public questions) that contains it.

    Raise ``KitError`` if the id is unknown or if ``by_code`` is True and the question is not answered by code.
    """
    sheet = _sheet(question_id)
    for question in sheet.questions:
        if question.id == question_id:
            if by_code and not types.type_of(question).from_code:
                number = ids_of(sheet).get(question_id, question_id)
                raise _refusal(sheet, question_id, say("notebook.not_code", id=question_id, number=number), by_code)
            return sheet, question
    raise unknown_question_error(sheet, question_id, by_code=by_code)


def unknown_question_error(sheet: QuestionSheet, question_id: str, *, by_code: bool = False) -> KitError:
    """Return an error which says that ``question_id`` is not in the sheet and suggests ids that are."""
    return _refusal(sheet, question_id, say("notebook.unknown_id", id=question_id), by_code)


def page_sheet() -> QuestionSheet | None:
    """Return the questions of the exercise in whose folder the notebook is, or None if it is in no such folder."""
    unit = here().name
    return sheet_of(unit) if course.graded(unit) else None


def ids_of(sheet: QuestionSheet) -> dict[str, int]:
    """Map the ids of a sheet's questions to their displayed numbers, sorted by number."""
    known = numbers(sheet.unit)
    placed = {question.id: known.get(question.id, place) for place, question in enumerate(sheet.questions, 1)}
    return dict(sorted(placed.items(), key=lambda pair: pair[1]))


def _sheet(question_id: str) -> QuestionSheet:
    """Return the question sheet of the id's unit or, if the unit is unknown (``bt6-q1``), the notebook's own sheet."""
    unit = course.unit_of(question_id)
    if not course.graded(unit) and (sheet := page_sheet()):
        return sheet
    return sheet_of(unit)


def _refusal(sheet: QuestionSheet, question_id: str, why: str, by_code: bool) -> KitError:
    taken = {question.id for question in sheet.questions if not by_code or types.type_of(question).from_code}
    ids = {name: number for name, number in ids_of(sheet).items() if name in taken}
    sentences = [why]
    if near := _nearest(question_id, ids):
        sentences.append(say("notebook.near_id", one=_numbered(near, ids[near])))
    if ids:
        word = "notebook.ids_by_code" if by_code else "notebook.ids_of_page"
        sentences.append(say(word, ids="; ".join(_numbered(*pair) for pair in ids.items())))
    return KitError(" ".join(sentences))


def _numbered(name: str, number: int) -> str:
    return say("notebook.numbered_id", number=number, id=name)


def _nearest(typed: str, ids: Mapping[str, int]) -> str:
    """Return the id whose number ``typed`` ends in, or else the most similar id, or "" if none is similar.

    ``ids`` maps question ids to displayed numbers.
    """
    if match := _NUMBER.search(typed):
        for name, number in ids.items():
            if number == int(match[1]):
                return name
    return next(iter(difflib.get_close_matches(typed, list(ids), n=1, cutoff=0.6)), "")
