"""An answer told back to the one who gave it: the text of what was chosen and the word on it, nothing else.

No text of an option that was not chosen, and no key, passes through here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from buuchinh.messages import say
from buuchinh.questions import authored
from buuchinh.questions.authored import AuthoredQuestion
from buuchinh.text import format_number

_LONGEST = 1_200


@dataclass(frozen=True)
class Line:
    """One thing that was chosen or written. ``right`` is None where there is no right or wrong to say."""

    chosen: str
    right: bool | None
    remark: str
    label: str = ""


def lines(question: AuthoredQuestion, answer: Any, score: Mapping[str, Any]) -> list[Line]:
    """Return what to show for ``answer``, scored as ``score`` (its JSON form)."""
    if isinstance(question, authored.FormQuestion):
        return _form(question, answer, score)
    return _plain(question, answer, score["remarks"])


def _form(question: authored.FormQuestion, answer: Any, score: Mapping[str, Any]) -> list[Line]:
    found = []
    for field in question.fields:
        given = answer.get(field.id) if isinstance(answer, dict) else None
        start = f"{field.id}/"
        remarks = [
            {**one, "on": one["on"].removeprefix(start) if one["on"].startswith(start) else ""}
            for one in score["remarks"]
            if one["on"] == field.id or one["on"].startswith(start)
        ]
        reason = score["parts"].get(field.id, {}).get("reason")
        shown = _plain(field, given, remarks) if remarks else [Line(_written(given), None, _reason(reason))]
        found += [Line(one.chosen, one.right, one.remark, field.title or field.stem) for one in shown]
    return found


def _plain(question: Any, answer: Any, remarks: Iterable[Mapping[str, Any]]) -> list[Line]:
    remarks = list(remarks)
    match question.type:
        case "single" | "multiple" | "picture":
            return [Line(_option(question.options, one["on"]), one["right"], one["text"]) for one in remarks]
        case "ordering":
            return [
                Line(f"{place}. {_option(question.items, one['on'])}", one["right"], one["text"])
                for place, one in enumerate(remarks, 1)
            ]
        case "matching":
            return [
                Line(
                    f"{_option(question.left, one['on'])} → {_option(question.right, answer.get(one['on'], ''))}",
                    one["right"],
                    one["text"],
                )
                for one in remarks
            ]
        case "scenario":
            return [_step(question, one) for one in remarks]
        case "code":
            return _values(question, answer, remarks)
        case "survey":
            return [Line(_option(question.options, answer) or _written(answer), None, "")]
        case _:
            if not remarks:
                return [Line(_written(answer), None, "")] if answer else []
            return [Line(_written(answer), one["right"], one["text"]) for one in remarks]


def _step(question: authored.ScenarioQuestion, remark: Mapping[str, Any]) -> Line:
    node, slash, choice = remark["on"].partition("/")
    if slash:
        place = question.nodes[node]
        return Line(_option(place.choices, choice), remark["right"], remark["text"], place.text)
    return Line(question.ends[node].text, remark["right"], remark["text"], say("questions.feedback.end"))


def _values(question: authored.CodeQuestion, answer: Any, remarks: list[Mapping[str, Any]]) -> list[Line]:
    given = answer if isinstance(answer, dict) else {}
    found = [
        Line(
            _written(given[value.id]),
            None,
            " ".join(one["text"] for one in remarks if one["on"] == value.id),
            value.label,
        )
        for value in question.values
        if given.get(value.id) is not None
    ]
    return found + [Line("", one["right"], one["text"]) for one in remarks if not one["on"]]


def _option(options: Iterable[Any], name: Any) -> str:
    return next((str(option.text) for option in options if option.id == name), "")


def _written(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value)
        case int() | float():
            return format_number(value)
        case {"columns": list(columns), "rows": list(rows)}:
            return say("questions.feedback.table", rows=len(rows), columns=", ".join(map(str, columns)))[:_LONGEST]
        case list():
            return "; ".join(_written(one) for one in value)[:_LONGEST]
        case _:
            text = str(value)
            return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def _reason(reason: str | None) -> str:
    return say(f"grading.reasons.{reason}") if reason else ""
