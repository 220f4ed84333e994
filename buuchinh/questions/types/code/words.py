"""Words of ``code``: the values that are asked for, and those that were handed in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from buuchinh.questions.answer_lines import Line, written
from buuchinh.questions.markup import bullets
from buuchinh.questions.types.code.model import CodeQuestion


def standin(question: Mapping[str, Any], _words: Mapping[str, Any]) -> str:
    """Return the labels of the values as a list."""
    return bullets(value["label"] for value in question["values"])


def told_back(question: CodeQuestion, answer: Any, remarks: Sequence[Mapping[str, Any]], _parts: object) -> list[Line]:
    """Return a line for each value that was handed in, and one for each remark on the whole."""
    values = answer if isinstance(answer, dict) else {}
    lines = [
        Line(
            written(values[value.id]),
            None,
            " ".join(remark["text"] for remark in remarks if remark["on"] == value.id),
            value.label,
        )
        for value in question.values
        if values.get(value.id) is not None
    ]
    return lines + [Line("", remark["right"], remark["text"]) for remark in remarks if not remark["on"]]
