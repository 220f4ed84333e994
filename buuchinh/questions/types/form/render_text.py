"""Render the fields of a ``form`` question as HTML, and answers to them as plain text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from buuchinh.messages import say
from buuchinh.questions import types
from buuchinh.questions.answer_lines import AnswerLine, written
from buuchinh.questions.markup import inline
from buuchinh.questions.types.form.model import FormField, FormQuestion


def fields_html(question: Mapping[str, Any], words: Mapping[str, Any]) -> str:
    """Return the fields of a ``form`` question as a numbered HTML list."""
    fields = (inline(field["stem"]) + types.type_of(field).static_html(field, words) for field in question["fields"])
    return "<ol>" + "".join(f"<li>{field}</li>" for field in fields) + "</ol>"


def field_lines(
    question: FormQuestion, answer: Any, remarks: Sequence[Mapping[str, Any]], parts: Mapping[str, Any]
) -> list[AnswerLine]:
    """Return the lines that show the answer to each field, labelled with the field's title or stem.

    A field without remarks has one line, which gives the reason if the field was not scored.
    """
    answers = answer if isinstance(answer, dict) else {}
    return [
        replace(line, label=field.title or field.stem)
        for field in question.fields
        for line in _field(field, answers.get(field.id), remarks, parts)
    ]


def _field(
    field: FormField, answer: Any, remarks: Sequence[Mapping[str, Any]], parts: Mapping[str, Any]
) -> list[AnswerLine]:
    start = f"{field.id}/"
    own = [
        {**remark, "on": remark["on"].removeprefix(start) if remark["on"].startswith(start) else ""}
        for remark in remarks
        if remark["on"] == field.id or remark["on"].startswith(start)
    ]
    if own:
        return types.type_of(field).render_answer(field, answer, own, {})
    reason = parts.get(field.id, {}).get("reason")
    return [AnswerLine(written(answer), None, say(f"grading.reasons.{reason}") if reason else "")]
