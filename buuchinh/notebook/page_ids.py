"""Find the question whose id a cell names; error messages list the ids of the page with their numbers.

An id does not always end in the displayed number: a question that was added later has the next free id.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping

from buuchinh import course
from buuchinh.errors import KitError
from buuchinh.messages import say
from buuchinh.notebook.numbers import numbers
from buuchinh.notebook.workspace import here, sheet_of
from buuchinh.questions import types
from buuchinh.questions.model import Question, QuestionSheet

_NUMBER = re.compile(r"0*(\d{1,3})$")


def find_question(question_id: str, *, by_code: bool = False) -> tuple[QuestionSheet, Question]:
    """Return a question and its sheet; raise `KitError` if the id is unknown.

    If ``by_code`` is True, for a value computed by code, a question that is answered on the page is refused too.
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
    """Return the error for an id that is not on the page."""
    return _refusal(sheet, question_id, say("notebook.unknown_id", id=question_id), by_code)


def page_sheet() -> QuestionSheet | None:
    """Return the questions of the exercise in whose folder the notebook is, or None."""
    unit = here().name
    return sheet_of(unit) if course.graded(unit) else None


def ids_of(sheet: QuestionSheet) -> dict[str, int]:
    """Return the displayed number of each question of a sheet by its id, sorted by number."""
    known = numbers(sheet.unit)
    placed = {question.id: known.get(question.id, place) for place, question in enumerate(sheet.questions, 1)}
    return dict(sorted(placed.items(), key=lambda one: one[1]))


def _sheet(question_id: str) -> QuestionSheet:
    """Return the sheet of the id's unit, or that of the page if the unit is unknown (as in ``bt6-q1``)."""
    unit = course.unit_of(question_id)
    if not course.graded(unit) and (sheet := page_sheet()):
        return sheet
    return sheet_of(unit)


def _refusal(sheet: QuestionSheet, question_id: str, why: str, by_code: bool) -> KitError:
    taken = {one.id for one in sheet.questions if not by_code or types.type_of(one).from_code}
    ids = {name: number for name, number in ids_of(sheet).items() if name in taken}
    sentences = [why]
    if near := _nearest(question_id, ids):
        sentences.append(say("notebook.near_id", one=_numbered(near, ids[near])))
    if ids:
        word = "notebook.ids_by_code" if by_code else "notebook.ids_of_page"
        sentences.append(say(word, ids="; ".join(_numbered(*one) for one in ids.items())))
    return KitError(" ".join(sentences))


def _numbered(name: str, number: int) -> str:
    return say("notebook.numbered_id", number=number, id=name)


def _nearest(typed: str, ids: Mapping[str, int]) -> str:
    """Return the id with the number that ``typed`` ends in, or else the most similar id, or ""."""
    if match := _NUMBER.search(typed):
        for name, number in ids.items():
            if number == int(match[1]):
                return name
    return next(iter(difflib.get_close_matches(typed, list(ids), n=1, cutoff=0.6)), "")
