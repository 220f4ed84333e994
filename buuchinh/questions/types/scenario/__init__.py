"""Define ``scenario`` questions: decision graphs that are shown one node at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from buuchinh.questions.answer_lines import AnswerLine
from buuchinh.questions.arrangement import Arrangement
from buuchinh.questions.offers import Offer, offer
from buuchinh.questions.question_type import QuestionType, Remarks
from buuchinh.questions.reading_load import ReadingLoad
from buuchinh.questions.scored import Score
from buuchinh.questions.types.scenario import model, reading, render_text
from buuchinh.questions.types.scenario.score import score


class ScenarioType(QuestionType):
    """The type of questions that are decision graphs, in which each choice leads to another node or to an end."""

    name = "scenario"
    place = 80
    public = model.Scenario
    authored = model.ScenarioQuestion
    read_fields = frozenset({"role"})
    authors_fields = frozenset({"world"})

    def score_by_key(self, question: model.ScenarioQuestion, key: model.ScenarioKey, answer: Any) -> Score:
        """Return the points earned along the path of first choices, divided by the points of the best path."""
        return score(question, key, answer)

    def rearrange(self, question: dict[str, Any], arrangement: Arrangement) -> None:
        """Put the choices of each node in published order, and replace all ids by published ones."""
        model.rearrange(question, arrangement)

    def left_open(self, question: model.Scenario, answer: Any) -> bool:
        """Whether the steps taken so far have not reached an end."""
        return model.left_open(question, answer)

    def static_html(self, question: Mapping[str, Any], words: Mapping[str, Any]) -> str:
        """Return the trainee's role and the first node with its choices as HTML."""
        return render_text.first_moment_html(question, words)

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

    def reading(self, question: model.ScenarioQuestion, key: model.ScenarioKey | None) -> ReadingLoad:
        """Return the reading load of the best path to an end, including the feedback on one wrong choice."""
        return reading.of_path(question, key)

    def needs_story(self, question: model.Scenario) -> bool:
        """Return True, because a scenario tells a story."""
        return True


TYPE = ScenarioType()
