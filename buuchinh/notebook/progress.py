"""How far a trainee is in an exercise: whole, half done or empty, told alike by start page, map and receipt."""

from __future__ import annotations

from typing import Any, Literal

from buuchinh.notebook.numbers import numbers
from buuchinh.questions import types
from buuchinh.questions.answers import Entry, Record, is_given
from buuchinh.questions.model import Question, QuestionSheet
from buuchinh.questions.test_forms import FormSheet

State = Literal["whole", "partly", "empty"]


def asked(sheet: QuestionSheet, record: Record) -> list[dict[str, Any]]:
    """Return the questions in the order of their numbers: id, number, title, ``whole``, ``partly`` or ``empty``."""
    known, entries = numbers(sheet.unit), record.answers()
    found = [
        {
            "id": question.id,
            "number": known.get(question.id, place),
            "title": question.title or "",
            "state": _state(question, entries.get(question.id, {})),
        }
        for place, question in enumerate(sheet.questions, 1)
    ]
    return sorted(found, key=lambda one: one["number"])


def whole(public: FormSheet, record: Record) -> int:
    """Return how many questions of an exercise are answered whole; none where it is not known who is asked which."""
    entries = record.answers()
    if not entries or (public.has_forms and not record.code):
        return 0
    return sum(_state(one, entries.get(one.id, {})) == "whole" for one in public.of(record.code).questions)


def _state(question: Question, entry: Entry) -> State:
    if not is_given(entry):
        return "empty"
    return "partly" if types.type_of(question).left_open(question, entry["answer"]) else "whole"
