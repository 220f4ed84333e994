"""Builders of the lines that show an answer again; types use them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from buuchinh.messages import say
from buuchinh.questions.asked import Named
from buuchinh.text import format_number

LONGEST = 1_200
"""Most characters of an answer that are shown."""


@dataclass(frozen=True)
class AnswerLine:
    """One thing that was chosen or written. ``right`` is None where there is no right or wrong to say."""

    chosen: str
    right: bool | None
    remark: str
    label: str = ""
    sections: Mapping[str, str] = field(default_factory=dict)  # the remark's parts, where its author took it apart

    @property
    def parts(self) -> list[tuple[str, str]]:
        """The names of the parts and what they say, in the order in which they are read."""
        said = {**self.sections, "why": self.sections.get("why") or self.sections.get("text", "")}
        return [(name, said[name]) for name in ("believed", "why", "do") if said.get(name)]


def line_of(chosen: str, remark: Mapping[str, Any], label: str = "") -> AnswerLine:
    """Return the line of one thing that was chosen, with the word on it (its JSON form)."""
    return AnswerLine(chosen, remark["right"], remark["text"], label, remark.get("told") or {})


def of_chosen(options: Iterable[Named], remarks: Iterable[Mapping[str, Any]]) -> list[AnswerLine]:
    """Return a line for each option that was chosen."""
    options = list(options)
    return [line_of(text_of(options, remark["on"]), remark) for remark in remarks]


def of_written(answer: Any, remarks: Sequence[Mapping[str, Any]]) -> list[AnswerLine]:
    """Return what was written, with each remark on the whole of it."""
    if not remarks:
        return [AnswerLine(written(answer), None, "")] if answer else []
    return [line_of(written(answer), remark) for remark in remarks]


def bulleted(options: Iterable[Named]) -> str:
    """Return options as lines of a cell."""
    return "\n".join(f"• {option.text}" for option in options)


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
