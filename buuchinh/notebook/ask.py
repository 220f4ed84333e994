"""``ask("l02-q01")``: shows a question, to practise with or to be graded, and keeps each answer on disk."""

from __future__ import annotations

import os
from datetime import date, datetime
from typing import Any

from buuchinh import course
from buuchinh.errors import KitError
from buuchinh.notebook import as_of, explained, forgotten, heard, page_ids
from buuchinh.notebook.desk import here, place_of, record_of
from buuchinh.notebook.numbers import numbers
from buuchinh.notebook.submit import RESULTS
from buuchinh.questions import bank, types
from buuchinh.questions.answers import Record
from buuchinh.questions.asked import Asked
from buuchinh.questions.authored import asked_as
from buuchinh.questions.browser import payload
from buuchinh.questions.browser.carried import without_a_kernel
from buuchinh.questions.browser.widget import QuestionWidget, show
from buuchinh.questions.practice.as_of import record_of as record_on
from buuchinh.questions.publish import shuffle


def ask(question_id: str, on: str | date | None = None) -> None:
    """Show a question; ``KitError`` where there is none of that id.

    A question of an exercise (``bt…``) or an exam (``thi…``) comes from its public file: no key is
    in this process. A question of a lesson is to practise with, its key is in the page.

    ``on`` asks a practice question about the law of another day (``"2023-06-30"``, ``"report"``); without it
    the day of ``buuchinh lab --date`` counts, or today. What is graded has its own day.
    """
    if os.environ.get(RESULTS):
        return  # a hand-in that is run again: answers are known, nobody looks
    unit = course.unit_of(question_id)
    if course.graded(unit):
        sheet, question = page_ids.found(question_id)
        record = record_of(unit, sheet.version)
        number = numbers(unit).get(question_id)
        _show(question, payload.exam(question, store=_store(record), heading_level=3, number=number), record)
        return
    try:
        file, authored = bank.practice(question_id, place_of(unit)[1])
    except KitError as error:
        if sheet_here := page_ids.page_sheet():  # within an exercise a wrong id is one of its own, mistyped
            raise page_ids.unknown(sheet_here, question_id) from error
        raise
    record = record_of(unit, file.version)
    day = course.law_day() if on is None else on if isinstance(on, date) else course.read_day(on)
    if on is not None or course.LAW_DAY in os.environ:
        if not as_of.introduced(authored, day):
            return
        record = record_on(record, day)
    if question_id == asked_as(authored):
        authored = bank.answered_already(file, authored, record.answers())
    number = numbers(unit).get(question_id)
    shown = shuffle(authored, f"{file.seed}/{record.code}" if record.code else file.seed)
    _show(shown, payload.practice(shown, day, store=_store(record), heading_level=3, number=number), record)


def _store(record: Record) -> str:
    return f"{record.code or 'khach'}/{record.unit}/{record.version}"


def _show(question: Asked, handed: dict[str, Any], record: Record) -> None:
    typed = types.type_of(question).typed  # each pause of typing saves what stands there

    def keep(answer: Any) -> datetime:
        at = record.put(question.id, answer, typed=typed)
        heard.tell(record, question.id, answer)
        return at

    entry = record.answers().get(question.id, {})
    widget = QuestionWidget(handed, keep, answer=entry.get("answer"), answered_at=entry.get("at"))
    said = record.remarks().get(question.id)
    widget.takes_remarks(lambda text: record.remark(question.id, text), said.text if said else "")
    if types.type_of(question).from_code and not without_a_kernel():
        heard.listen(record, widget.came)
        explained.install()
        if there := forgotten.tasks(here() / f"{record.unit}.ipynb", record):
            there.watch(question.id, widget.remind)
    show(question, widget)
