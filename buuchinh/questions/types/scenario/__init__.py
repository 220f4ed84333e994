"""Define ``scenario`` questions: decision graphs that are shown one node at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from buuchinh.questions.answer_lines import AnswerLine
from buuchinh.questions.offers import Offer, offer
from buuchinh.questions.question_type import QuestionType, Remarks
from buuchinh.questions.types.scenario import model, reading, render_text
from buuchinh.questions.types.scenario.score import score


class ScenarioType(QuestionType):
    """The type of questions that are decision graphs, in which each choice leads to another node or to an end."""

    name = "scenario"
    place = 80
    public = model.Scenario
    authored = model.ScenarioQuestion
    in_parts = True
    read_fields = frozenset({"role"})
    authors_fields = frozenset({"world"})
    score_by_key = staticmethod(score)
    rearrange = staticmethod(model.rearrange)
    left_open = staticmethod(model.left_open)
    static_html = staticmethod(render_text.first_moment_html)
    reading = staticmethod(reading.of_path)

    def render_answer(
        self, question: model.ScenarioQuestion, answer: Any, remarks: Remarks, parts: Mapping[str, Any]
    ) -> list[AnswerLine]:
        """Return a line for each choice along the path, and one for the end that the path reached."""
        return [render_text.step_line(question, remark) for remark in remarks]

    def offers(self, question: model.ScenarioQuestion, key: model.ScenarioKey) -> Iterator[Offer]:
        """Yield the choices of each node as an offer; the choices with the most points are right."""
        for name, node in question.nodes.items():
            worth = key.correct[name]
            right = [choice for choice, points in worth.items() if points == max(worth.values())]
            yield offer(node.choices, right, one=len(right) == 1, steps=("nodes", name, "choices"))

    def needs_story(self, question: model.Scenario) -> bool:
        """Return True, because a scenario tells a story."""
        return True


TYPE = ScenarioType()
