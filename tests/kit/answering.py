"""Answers a question from its key: rightly, and in each single wrong way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from buuchinh.questions import types
from buuchinh.questions.authored import AuthoredQuestion
from buuchinh.questions.types.scenario.model import ScenarioQuestion


def right_answer(question: Any, on: date) -> Any:
    """Return the answer that the key in force on ``on`` takes as right; None where a person grades."""
    if question.type == "form":
        return {asked.id: right_answer(asked, on) for asked in question.fields}
    if question.type == "survey":
        return question.options[0].id if question.options else "Rõ"
    key: Any = question.key_on(question.as_of or on)
    assert key is not None, question.id
    match question.type:
        case "multiple" | "picture" | "mark" | "ordering":
            return list(key.correct)
        case "text":
            return None if question.manual else key.correct[0]
        case "scenario":
            return best_steps(question, key)
        case _:
            return key.correct


def wrong_answers(question: AuthoredQuestion, on: date) -> Iterator[Any]:
    """Yield answers that differ from the right one in one choice each."""
    if question.type in {"form", "survey", "code"} or types.type_of(question).by_hand(question):
        return
    machine_scored: Any = question
    key = machine_scored.key_on(question.as_of or on)
    yield from _WRONG[question.type](question, key)


def _wrong_single(question: Any, key: Any) -> Iterator[Any]:
    return (one.id for one in question.options if one.id != key.correct)


def _wrong_multiple(question: Any, key: Any) -> Iterator[Any]:
    changed = (set(key.correct) ^ {one.id} for one in question.options)
    return (sorted(chosen) for chosen in changed if chosen)


def _wrong_ordering(_question: Any, key: Any) -> Iterator[Any]:
    items = list(key.correct)
    return ([*items[:n], items[n + 1], items[n], *items[n + 2 :]] for n in range(len(items) - 1))


def _wrong_matching(question: Any, key: Any) -> Iterator[Any]:
    return (
        {**key.correct, left: right.id}
        for left in key.correct
        for right in question.right
        if right.id != key.correct[left]
    )


def _wrong_numeric(_question: Any, key: Any) -> Iterator[Any]:
    yield from (slip.value for slip in key.mistakes)
    yield key.correct + 10 * (abs(key.correct) + 1)


def _wrong_moment(_question: Any, key: Any) -> Iterator[Any]:
    yield from (slip.value.replace("T", " ") for slip in key.mistakes)
    yield "1/1/1999, 0h01"


def _wrong_text(_question: Any, key: Any) -> Iterator[Any]:
    yield from (slip.text for slip in key.mistakes)
    yield "không phải câu trả lời nào cả"


def _wrong_scenario(question: Any, key: Any) -> Iterator[Any]:
    return (path for path in paths(question) if key.ends[end_of(question, path)].kind != "safe")


_WRONG = {
    "single": _wrong_single,
    "multiple": _wrong_multiple,
    "picture": _wrong_multiple,
    "mark": _wrong_multiple,
    "ordering": _wrong_ordering,
    "matching": _wrong_matching,
    "numeric": _wrong_numeric,
    "moment": _wrong_moment,
    "text": _wrong_text,
    "scenario": _wrong_scenario,
}


def paths(question: ScenarioQuestion) -> Iterator[list[dict[str, str]]]:
    """Yield every path through a scenario, from its start to an end."""

    def walk(node: str, before: list[dict[str, str]]) -> Iterator[list[dict[str, str]]]:
        if node in question.ends:
            yield before
            return
        for choice in question.nodes[node].choices:
            yield from walk(choice.next, [*before, {"node": node, "choice": choice.id}])

    return walk(question.start, [])


def best_steps(question: ScenarioQuestion, key: Any) -> list[dict[str, str]]:
    """Return the path with the most points."""
    return max(paths(question), key=lambda path: sum(key.correct[step["node"]][step["choice"]] for step in path))


def end_of(question: ScenarioQuestion, path: list[dict[str, str]]) -> str:
    """Return the end that a path reaches."""
    last = path[-1]
    return next(choice.next for choice in question.nodes[last["node"]].choices if choice.id == last["choice"])
