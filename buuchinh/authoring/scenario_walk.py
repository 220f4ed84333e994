"""Walk every path through a scenario and count the effects of wrong choices.

A wrong choice should lead to a different state of the world and a different task: the parcel lies elsewhere, somebody
is near it, or something was touched. If a scenario has no ``world``, its states cannot be compared as data, so each
scene counts as a separate state.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from buuchinh.points import reaches
from buuchinh.questions.types.scenario.model import Choice, ScenarioKey, ScenarioQuestion, best_path
from buuchinh.text import fold

LEAST = 0.7
"""Minimum share of wrong choices that must change the world; the same share must change the next best choice."""
FEWEST_DECISIONS, MOST_DECISIONS = 3, 5
"""Minimum number of decisions on the best path, and maximum number on any path."""


@dataclass(frozen=True)
class Walk:
    """The counts for one scenario under one of its answer keys.

    - ``wrong``: wrong choices in all scenes.
    - ``other_world``: wrong choices after which the state of the world differs from that after the best choice.
    - ``going_on``: wrong choices after which a decision remains, or would remain after the best choice.
    - ``other_act``: wrong choices, out of ``going_on``, that lead to a scene with a different best choice.
    - ``ends``: the number of ends of each kind.
    - ``still_full``: ids of wrong first choices after which full marks are still possible.
    - ``lost``: names of scenes from which no path leads to a safe end.
    - ``lost_starts``: ids of wrong first choices after which no path leads to a safe end.
    - ``best``, ``longest``: the number of decisions on the best path and on the longest path.
    """

    wrong: int
    other_world: int
    going_on: int
    other_act: int
    ends: Mapping[str, int]
    still_full: tuple[str, ...]
    lost: tuple[str, ...]
    lost_starts: tuple[str, ...]
    best: int
    longest: int

    @property
    def changes(self) -> bool:
        """Whether enough wrong choices change the world, and enough of them change the next best choice."""
        return self.other_world >= LEAST * self.wrong and self.other_act >= LEAST * self.going_on

    @property
    def harms(self) -> bool:
        """Whether any end is a danger to people or a violation."""
        return bool(self.ends.get("danger") or self.ends.get("violation"))

    @property
    def fits(self) -> bool:
        """Whether the best path is long enough and no path is too long."""
        return self.best >= FEWEST_DECISIONS and self.longest <= MOST_DECISIONS

    @property
    def sound(self) -> bool:
        """Whether the scenario meets every goal for its choices, ends and length."""
        return self.changes and self.harms and self.fits and not (self.still_full or self.lost or self.lost_starts)


def walk(question: ScenarioQuestion, key: ScenarioKey) -> Walk:
    """Return the counts over every path through ``question`` under the answer key ``key``."""
    mendable = _mendable(question, key)
    wrong = other_world = going_on = other_act = 0
    for name in question.nodes:
        best = [choice.next for choice in _best(question, key, name)]
        for choice in _wrong(question, key, name):
            wrong += 1
            other_world += all(_state(question, choice.next) != _state(question, place) for place in best)
            if choice.next in question.nodes or any(place in question.nodes for place in best):
                going_on += 1
                acts = _acts(question, key, choice.next)
                other_act += bool(acts) and all(not acts & _acts(question, key, place) for place in best)
    return Walk(
        wrong,
        other_world,
        going_on,
        other_act,
        Counter(end.kind for end in key.ends.values()),
        tuple(_still_full(question, key)),
        tuple(name for name in question.nodes if name not in mendable),
        tuple(choice.id for choice in _wrong(question, key, question.start) if choice.next not in mendable),
        _decisions(question, key, longest=False),
        _decisions(question, key, longest=True),
    )


def _best(question: ScenarioQuestion, key: ScenarioKey, name: str) -> list[Choice]:
    worth = key.correct[name]
    return [choice for choice in question.nodes[name].choices if worth[choice.id] == max(worth.values())]


def _wrong(question: ScenarioQuestion, key: ScenarioKey, name: str) -> list[Choice]:
    best = _best(question, key, name)
    return [choice for choice in question.nodes[name].choices if choice not in best]


def _state(question: ScenarioQuestion, name: str) -> object:
    """Return the state of the world in the scene or end ``name``, or ``name`` itself if ``world`` does not list it."""
    return question.world.get(name, name)


def _acts(question: ScenarioQuestion, key: ScenarioKey, name: str) -> set[str]:
    """Return the folded text of the best choices in the scene ``name``, or an empty set if ``name`` is an end."""
    return {fold(choice.text) for choice in _best(question, key, name)} if name in question.nodes else set()


def _still_full(question: ScenarioQuestion, key: ScenarioKey) -> Iterator[str]:
    whole, _ = best_path(question, key)
    for choice in _wrong(question, key, question.start):
        after = 0.0
        if choice.next in question.nodes:
            after, _ = best_path(question.model_copy(update={"start": choice.next}), key)
        if reaches(key.correct[question.start][choice.id] + after, whole):
            yield choice.id


def _mendable(question: ScenarioQuestion, key: ScenarioKey) -> set[str]:
    """Return the names of the safe ends and of all scenes from which a path leads to a safe end."""
    safe = {name for name, end in key.ends.items() if end.kind == "safe"}
    while mendable := {
        name
        for name, node in question.nodes.items()
        if name not in safe and any(choice.next in safe for choice in node.choices)
    }:
        safe |= mendable
    return safe


def _decisions(question: ScenarioQuestion, key: ScenarioKey, *, longest: bool) -> int:
    """Return the number of decisions on the longest path; unless ``longest``, only best choices are followed."""

    def from_(name: str) -> int:
        if name not in question.nodes:
            return 0
        choices = question.nodes[name].choices if longest else _best(question, key, name)
        return 1 + max(from_(choice.next) for choice in choices)

    return from_(question.start)
