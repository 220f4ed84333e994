"""Words of ``scenario``: its first moment, the path that was taken, the ways on that each node offers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

from buuchinh.messages import say
from buuchinh.questions.answer_lines import Line, text_of
from buuchinh.questions.markup import bullets, paragraphs
from buuchinh.questions.offers import Offer, offer
from buuchinh.questions.types.scenario.model import ScenarioKey, ScenarioQuestion


def standin(question: Mapping[str, Any], words: Mapping[str, Any]) -> str:
    """Return the role and the first moment with its choices."""
    first = question["nodes"][question["start"]]
    role = f"<p>{escape(words['standin_role'].format(role=question['role']))}</p>"
    return role + paragraphs(first["text"]) + bullets(choice["text"] for choice in first["choices"])


def told_back(
    question: ScenarioQuestion, _answer: Any, remarks: Sequence[Mapping[str, Any]], _parts: object
) -> list[Line]:
    """Return a line for each choice along the path, and one for its end."""
    return [_step(question, remark) for remark in remarks]


def offers(question: ScenarioQuestion, key: ScenarioKey) -> Iterator[Offer]:
    """Yield the ways on from each node; those with the most points are right."""
    for name, node in question.nodes.items():
        worth = key.correct[name]
        right = [choice for choice, points in worth.items() if points == max(worth.values())]
        yield offer(node.choices, right, one=len(right) == 1, steps=("nodes", name, "choices"))


def _step(question: ScenarioQuestion, remark: Mapping[str, Any]) -> Line:
    node, slash, choice = remark["on"].partition("/")
    if slash:
        place = question.nodes[node]
        return Line(text_of(place.choices, choice), remark["right"], remark["text"], place.text)
    return Line(question.ends[node].text, remark["right"], remark["text"], say("questions.feedback.end"))
