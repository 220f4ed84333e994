"""Choose a right or a wrong answer to a question from its key, by a seeded random generator."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from random import Random
from typing import Any

from buuchinh.questions import types
from buuchinh.questions.types.scenario.model import ScenarioKey, ScenarioQuestion

Answer = Any


def right_answer(question: Any, day: date) -> Answer:
    """Return the answer that earns all points by the key in force on ``day``, or None if a person grades it."""
    if question.type == "form":
        return {field.id: right_answer(field, day) for field in question.fields}
    if types.type_of(question).by_hand(question) or question.type in {"code", "survey"}:
        return None
    key = _key(question, day)
    if question.type == "scenario":
        return _steps(question, key, best=True)
    if question.type == "text":
        return key.correct[0]
    return list(key.correct) if isinstance(key.correct, tuple | list) else key.correct


def wrong_answer(question: Any, day: date, luck: Random) -> Answer:
    """Return an answer that loses points, or None if none can be made for this type of question."""
    make = _WRONG.get(question.type)
    return make(question, _key(question, day), luck) if make else None


def _key(question: Any, day: date) -> Any:
    key = question.key_on(question.as_of or day)
    assert key is not None, question.id
    return key


def _wrong_single(question: Any, key: Any, luck: Random) -> Answer:
    return luck.choice([option.id for option in question.options if option.id != key.correct])


def _wrong_several(question: Any, key: Any, luck: Random) -> Answer:
    """Return the right options without one of them, if there are several, or else with one too many."""
    correct = list(key.correct)
    if len(correct) > 1:
        correct.remove(luck.choice(correct))
        return correct
    return [*correct, luck.choice([option.id for option in question.options if option.id not in correct])]


def _wrong_order(_question: Any, key: Any, luck: Random) -> Answer:
    items = list(key.correct)
    place = luck.randrange(len(items) - 1)
    items[place], items[place + 1] = items[place + 1], items[place]
    return items


def _wrong_pairs(question: Any, key: Any, luck: Random) -> Answer:
    left = luck.choice(sorted(key.correct))
    return {**key.correct, left: luck.choice([one.id for one in question.right if one.id != key.correct[left]])}


def _wrong_steps(question: Any, key: Any, _luck: Random) -> Answer:
    return _steps(question, key, best=False)


def _steps(question: ScenarioQuestion, key: ScenarioKey, *, best: bool) -> list[dict[str, str]]:
    """Return the path through a scenario that takes the choice with the most (or fewest) points at each step."""
    place, steps = question.start, []
    while place not in question.ends:
        node = question.nodes[place]
        choose: Callable[..., Any] = max if best else min
        choice = choose(node.choices, key=lambda one, at=place: _points_from(question, key, at, one, best=best))
        steps.append({"node": place, "choice": choice.id})
        place = choice.next
    return steps


def _points_from(question: ScenarioQuestion, key: ScenarioKey, place: str, choice: Any, *, best: bool) -> float:
    """Return the points of a choice and of the best (or worst) path that follows it."""
    points = key.correct[place][choice.id]
    if choice.next in question.ends:
        return points
    rest = [_points_from(question, key, choice.next, one, best=best) for one in question.nodes[choice.next].choices]
    return points + (max(rest) if best else min(rest))


_WRONG: dict[str, Callable[[Any, Any, Random], Answer]] = {
    "single": _wrong_single,
    "multiple": _wrong_several,
    "picture": _wrong_several,
    "mark": _wrong_several,
    "ordering": _wrong_order,
    "matching": _wrong_pairs,
    "scenario": _wrong_steps,
}
"""How a wrong answer is made, by type of question; other types are always answered right."""
