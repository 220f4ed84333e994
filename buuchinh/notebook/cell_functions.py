"""Functions with which cells display parts of the course; the page draws the parts, with or without a kernel."""

from __future__ import annotations

import os
from datetime import date

from buuchinh import course
from buuchinh.errors import KitError
from buuchinh.notebook import display_parts, missing_submit, page_ids
from buuchinh.notebook.submit import RESULTS
from buuchinh.notebook.workspace import here, place_of, record_of, sheet_of
from buuchinh.questions import question_bank, types
from buuchinh.questions.practice import assessment


def ask(question_id: str, on: str | date | None = None) -> None:
    """Show a question; raise `KitError` if there is none with this id.

    A question of an exercise (``bt…``) or an exam (``thi…``) comes from its public file, so its key is not in this
    process. ``on`` asks a practice question about the law of another day (``"2023-06-30"``, ``"report"``); the default
    is the day of ``buuchinh lab --date``, or else today. Graded questions have a fixed day, so ``on`` does not affect
    them.
    """
    if os.environ.get(RESULTS):
        return  # a rerun of a hand-in: answers are known and nothing is shown
    unit = course.unit_of(question_id)
    if course.graded(unit):
        sheet, question = page_ids.find_question(question_id)
        if types.type_of(question).from_code:
            missing_submit.watch(here() / f"{unit}.ipynb", record_of(unit, sheet.version))
        display_parts.show("question", id=question_id)
        return
    try:
        question_bank.practice(question_id, place_of(unit)[1])
    except KitError as error:
        if sheet_here := page_ids.page_sheet():  # in an exercise, an unknown id is a mistyped one
            raise page_ids.unknown_question_error(sheet_here, question_id) from error
        raise
    day = None if on is None else (on if isinstance(on, date) else course.read_day(on)).isoformat()
    display_parts.show("question", id=question_id, on=day)


def start_page() -> None:
    """Show the start page: next steps, units due, the path of the role, and all units."""
    display_parts.show("start")


def follow_up() -> None:
    """Show the follow-up: the packs of questions by their days, and the questions of a pack."""
    display_parts.show("follow_up")


def drill(place: str = "bai-5") -> None:
    """Show the series of pictures of a lesson or of a pack; each ``place`` has its own series."""
    display_parts.show("drill", id=place)


def lesson_end() -> None:
    """Show the progress in a lesson and the next step."""
    display_parts.show("lesson")


def our_numbers() -> None:
    """Show the office's own telephone numbers, from a file that stays on this machine."""
    display_parts.show("office_numbers")


def citations(lesson: str) -> None:
    """Show every provision that a lesson (such as ``"02"``) cites, with its wording, dates and confidence."""
    display_parts.show("law_table", id=lesson)


def hand_in(unit: str | None = None) -> None:
    """Show the map of questions and the button that packs the submission.

    ``unit`` defaults to the exercise of the notebook's folder; raise `KitError` if there is none.
    """
    sheet_of(unit or here().name)
    display_parts.show("hand_in", id=unit)


def test(unit: str) -> None:
    """Ask a short test (``kt1`` before the course, ``kt2`` after it), or show its result if it is finished."""
    assessment.questions(unit)
    display_parts.show("test", id=unit)
