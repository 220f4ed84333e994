"""Builders of the lines that tell an answer back; types use them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from buuchinh.messages import say
from buuchinh.questions.asked import Named
from buuchinh.text import format_number

LONGEST = 1_200
"""Most characters of an answer that are shown."""


@dataclass(frozen=True)
class Line:
    """One thing that was chosen or written. ``right`` is None where there is no right or wrong to say."""

    chosen: str
    right: bool | None
    remark: str
    label: str = ""


def of_chosen(options: Iterable[Named], remarks: Iterable[Mapping[str, Any]]) -> list[Line]:
    """Return a line for each option that was chosen."""
    options = list(options)
    return [Line(text_of(options, remark["on"]), remark["right"], remark["text"]) for remark in remarks]


def of_written(_question: Any, answer: Any, remarks: Sequence[Mapping[str, Any]], _parts: object) -> list[Line]:
    """Return what was written, with each remark on the whole of it."""
    if not remarks:
        return [Line(written(answer), None, "")] if answer else []
    return [Line(written(answer), remark["right"], remark["text"]) for remark in remarks]


def text_of(options: Iterable[Named], option_id: Any) -> str:
    """Return the text of an option, "" where there is none of that id."""
    return next((option.text for option in options if option.id == option_id), "")


def written(value: Any) -> str:
    """Return a value of an answer as a person reads it, cut at ``LONGEST`` characters."""
    match value:
        case None:
            return ""
        case bool():
            return str(value)
        case int() | float():
            return format_number(value)
        case {"columns": list(columns), "rows": list(rows)}:
            return say("questions.feedback.table", rows=len(rows), columns=", ".join(map(str, columns)))[:LONGEST]
        case list():
            return "; ".join(written(entry) for entry in value)[:LONGEST]
        case _:
            text = str(value)
            return text if len(text) <= LONGEST else text[:LONGEST] + "…"
