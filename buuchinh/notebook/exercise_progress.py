"""Compute a trainee's progress in an exercise, for the start page, the overview of questions and the receipt."""

from __future__ import annotations

from typing import Any, Literal

from buuchinh.notebook.question_numbers import numbers
from buuchinh.questions import types
from buuchinh.questions.answers import Entry, Record, is_given
from buuchinh.questions.model import Question, QuestionSheet

State = Literal["whole", "partly", "empty"]


def question_states(sheet: QuestionSheet, record: Record) -> list[dict[str, Any]]:
    """Return the exercise's questions sorted by number, each with ``id``, ``number``, ``title`` and ``state``.

    The state is ``whole`` (completely answered), ``partly`` or ``empty``.
    """
    known, entries = numbers(sheet.unit), record.answers()
    questions = [
        {
            "id": question.id,
            "number": known.get(question.id, place),
            "title": question.title or "",
            "state": _state(question, entries.get(question.id, {})),
        }
        for place, question in enumerate(sheet.questions, 1)
    ]
    return sorted(questions, key=lambda row: row["number"])


def _state(question: Question, entry: Entry) -> State:
    if not is_given(entry):
        return "empty"
    return "partly" if types.type_of(question).left_open(question, entry["answer"]) else "whole"
