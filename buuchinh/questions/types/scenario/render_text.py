"""Render the first node of a ``scenario`` as HTML, and the steps of an answer as plain text."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from buuchinh.messages import say
from buuchinh.questions.answer_lines import AnswerLine, text_of
from buuchinh.questions.markup import bullets, paragraphs
from buuchinh.questions.types.scenario.model import ScenarioQuestion


def first_moment_html(question: Mapping[str, Any], words: Mapping[str, Any]) -> str:
    """Return the trainee's role and the first node with its choices as HTML."""
    first = question["nodes"][question["start"]]
    role = f"<p>{escape(words['standin_role'].format(role=question['role']))}</p>"
    return role + paragraphs(first["text"]) + bullets(choice["text"] for choice in first["choices"])


def step_line(question: ScenarioQuestion, remark: Mapping[str, Any]) -> AnswerLine:
    """Return the line that shows a choice or an end; ``remark`` is the JSON form of the remark on it."""
    node, slash, choice = remark["on"].partition("/")
    if slash:
        place = question.nodes[node]
        return AnswerLine(text_of(place.choices, choice), remark["right"], remark["text"], place.text)
    return AnswerLine(question.ends[node].text, remark["right"], remark["text"], say("questions.feedback.end"))
