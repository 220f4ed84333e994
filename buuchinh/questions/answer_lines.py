"""Represent an answer as lines of plain text: one ``AnswerLine`` per chosen option or written answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from buuchinh.messages import say
from buuchinh.questions.asked import Named
from buuchinh.text import format_number

LONGEST = 1_200
"""The maximum number of characters of an answer that are shown."""


@dataclass(frozen=True)
class AnswerLine:
    """A chosen option or written answer, with the remark on it; ``right`` is None if it is neither right nor wrong."""

    chosen: str
    right: bool | None
    remark: str
    label: str = ""
    sections: Mapping[str, str] = field(default_factory=dict)  # the remark's sections, if its author divided it

    @property
    def parts(self) -> list[tuple[str, str]]:
        """The name and text of each non-empty section of the remark, in the order ``believed``, ``why``, ``do``."""
        sections = {**self.sections, "why": self.sections.get("why") or self.sections.get("text", "")}
        return [(name, sections[name]) for name in ("believed", "why", "do") if sections.get(name)]


def line_of(chosen: str, remark: Mapping[str, Any], label: str = "") -> AnswerLine:
    """Return the line that shows ``chosen``, an option's text, with ``remark``, the JSON form of the feedback on it."""
    return AnswerLine(chosen, remark["right"], remark["text"], label, remark.get("told") or {})


def of_chosen(options: Iterable[Named], remarks: Iterable[Mapping[str, Any]]) -> list[AnswerLine]:
    """Return a line for each of ``remarks``, showing the text of the option that the remark is about."""
    options = list(options)
    return [line_of(text_of(options, remark["on"]), remark) for remark in remarks]


def of_written(answer: Any, remarks: Sequence[Mapping[str, Any]]) -> list[AnswerLine]:
    """Return a line for each of ``remarks``, showing the written answer.

    If there are no remarks, a non-empty answer gets a single line without one.
    """
    if not remarks:
        return [AnswerLine(written(answer), None, "")] if answer else []
    return [line_of(written(answer), remark) for remark in remarks]


def bulleted(options: Iterable[Named]) -> str:
    """Return options as a bulleted list in plain text."""
    return "\n".join(f"• {option.text}" for option in options)


def text_of(options: Iterable[Named], option_id: Any) -> str:
    """Return the text of the option with this id, or "" if there is no such option."""
    return next((option.text for option in options if option.id == option_id), "")


def written(value: Any) -> str:
    """Return one value of an answer as readable text of at most ``LONGEST`` characters; a table becomes a summary."""
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
