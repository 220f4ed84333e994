"""Measure how much a ``scenario`` gives to read: the best path to an end, and the feedback on one wrong choice."""

from __future__ import annotations

from collections.abc import Iterator

from buuchinh.questions.reading_load import ReadingLoad, middle
from buuchinh.questions.types.scenario.model import Choice, ScenarioKey, ScenarioQuestion, best_path


def of_path(question: ScenarioQuestion, key: ScenarioKey | None) -> ReadingLoad:
    """Return the reading load of the stem, the role and everything on the best path, including its end.

    If ``key`` is None, feedback is left out.
    """
    known = key or question.keys[-1]
    taken = list(_steps(question, known))
    nodes = [question.nodes[name] for name, _ in taken]
    moments = (text for node in nodes for text in (node.text, *(choice.text for choice in node.choices)))
    end = taken[-1][1].next
    asked = (question.stem, question.role, *moments, question.ends[end].text)
    if key is None:
        return ReadingLoad(asked, decisions=len(taken))
    remarks = [key.feedback[node][choice.id] for node, choice in taken]
    wrong = (text for node, choice in taken for other, text in key.feedback[node].items() if other != choice.id)
    feedback = (*remarks, *middle(wrong), key.ends[end].feedback)
    return ReadingLoad(asked, feedback, len(taken))


def _steps(question: ScenarioQuestion, key: ScenarioKey) -> Iterator[tuple[str, Choice]]:
    """Yield the id of each node on the best path, with the choice that continues the path."""
    name = question.start
    while name in question.nodes:
        best = max(question.nodes[name].choices, key=lambda choice: _worth(question, key, name, choice))
        yield name, best
        name = best.next


def _worth(question: ScenarioQuestion, key: ScenarioKey, node: str, choice: Choice) -> float:
    """Return the points of a choice plus those of the best continuation after it."""
    if choice.next in question.ends:
        return key.correct[node][choice.id]
    return key.correct[node][choice.id] + best_path(question.model_copy(update={"start": choice.next}), key)[0]
