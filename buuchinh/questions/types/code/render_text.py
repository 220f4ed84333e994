"""Render the submitted values of a ``code`` question as lines of plain text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from buuchinh.messages import say
from buuchinh.questions.answer_lines import AnswerLine, line_of, written
from buuchinh.questions.types.code.model import CodeQuestion, Value


def value_lines(
    question: CodeQuestion, answer: Any, remarks: Sequence[Mapping[str, Any]], parts: Mapping[str, Any]
) -> list[AnswerLine]:
    """Return a line for each submitted value, followed by a line for each remark on the whole answer."""
    values = answer if isinstance(answer, dict) else {}
    lines = [
        AnswerLine(
            _read(value, values[value.id]),
            _right(parts.get(value.id)),
            " ".join(remark["text"] for remark in remarks if remark["on"] == value.id) or _in_part(parts.get(value.id)),
            value.label,
        )
        for value in question.values
        if values.get(value.id) is not None
    ]
    return lines + [line_of("", remark) for remark in remarks if not remark["on"]]


def _read(value: Value, submitted: Any) -> str:
    if value.yes_no and submitted in (0, 1):
        return say("questions.frontend.there" if submitted else "questions.frontend.not_there")
    return written(submitted)


def _right(part: Mapping[str, Any] | None) -> bool | None:
    """Return whether a value is right, or None if it is partly right or was not scored."""
    return None if part is None or 0 < part["fraction"] < 1 else part["fraction"] == 1


def _in_part(part: Mapping[str, Any] | None) -> str:
    return say("questions.feedback.in_part") if part and 0 < part["fraction"] < 1 else ""
