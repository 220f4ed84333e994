"""Functions that notebook cells call to display parts of the course, such as a question or the start page.

The functions only describe a part; the web page draws it, with or without a running kernel.
"""

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
    """Show the question ``question_id``; raise ``KitError`` if no question has this id.

    A question in an exercise (``bt…``) or an exam (``thi…``) comes from the unit's public file, so its answer key is
    not in this process. ``on`` asks a practice question about the law in force on another day (``"2023-06-30"``,
    ``"report"``); the default is the day given to ``buuchinh lab --date``, or else today. Graded questions have a fixed
    day, so ``on`` does not affect them.
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
    """Show the start page: next steps, exercises due, the learning path of the trainee's role, and all units."""
    display_parts.show("start")


def follow_up() -> None:
    """Show the follow-up after the course: sets of review questions by their dates, and the questions of one set."""
    display_parts.show("follow_up")


def drill(place: str = "bai-5") -> None:
    """Show a picture drill (a series of parcel pictures to judge) for a lesson or a set of follow-up questions.

    Each ``place``, such as ``"bai-5"`` for lesson 5, has its own series of pictures.
    """
    display_parts.show("drill", id=place)


def lesson_end() -> None:
    """Show the trainee's progress in this lesson, and the next step."""
    display_parts.show("lesson")


def our_numbers() -> None:
    """Show the office's own telephone numbers, from a file that stays on this machine."""
    display_parts.show("office_numbers")


def citations(lesson: str) -> None:
    """Show all legal provisions that a lesson (such as ``"02"``) cites, with wording, dates and confidence."""
    display_parts.show("law_table", id=lesson)


def hand_in(unit: str | None = None) -> None:
    """Show an overview of an exercise's questions and the button that packs the submission.

    ``unit`` defaults to the exercise in the notebook's folder. Raise ``KitError`` if there is no such exercise.
    """
    sheet_of(unit or here().name)
    display_parts.show("hand_in", id=unit)


def test(unit: str) -> None:
    """Show the short test ``unit`` (``kt1`` or ``kt2``), or its result if the trainee has finished the test."""
    assessment.questions(unit)
    display_parts.show("test", id=unit)
