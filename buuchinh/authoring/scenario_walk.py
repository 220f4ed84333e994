"""Walk of every way through a scenario, counting what wrong choices change.

A wrong choice should lead to another state of the world and another task: the parcel lies elsewhere, somebody is near
it, something was touched. In a scenario without ``world`` the states cannot be compared as data; each scene then counts
as a state of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from buuchinh.questions.types.scenario.model import Choice, ScenarioKey, ScenarioQuestion, best_path
from buuchinh.text import fold

LEAST = 0.7
"""The least share of wrong choices after which the world, and what is best to do next, are others."""
FEWEST_DECISIONS, MOST_DECISIONS = 3, 5
"""Fewest decisions of the best way, and most of any way."""
_WHOLE = 1e-9


@dataclass(frozen=True)
class Walk:
    """The counts of one scenario under one of its keys.

    ``wrong`` choices count as ``other_world`` where the state of the world differs from that after the best choice.
    ``going_on`` are those after which, or after the best choice instead of them, somebody still has to act;
    ``other_act`` of them lead to a scene with another best choice. ``ends`` are counted by kind. ``still_full``
    names wrong first choices after which full marks can be had, ``lost_starts`` those after which no way leads to a
    safe end, ``lost`` such scenes. ``best`` and ``longest`` count decisions of the best way and
    of the longest.
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
        """Whether enough wrong choices change the world, and the best choice in it."""
        return self.other_world >= LEAST * self.wrong and self.other_act >= LEAST * self.going_on

    @property
    def harms(self) -> bool:
        """Whether some way ends in danger for people or in a violation."""
        return bool(self.ends.get("danger") or self.ends.get("violation"))

    @property
    def fits(self) -> bool:
        """Whether the best way is not too short and no way too long."""
        return self.best >= FEWEST_DECISIONS and self.longest <= MOST_DECISIONS

    @property
    def sound(self) -> bool:
        """Whether every goal is met."""
        return self.changes and self.harms and self.fits and not (self.still_full or self.lost or self.lost_starts)


def walk(question: ScenarioQuestion, key: ScenarioKey) -> Walk:
    """Return the counts over every way through ``question``."""
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
    """Return the state of the world in a scene or end; without ``world`` each scene is a state of its own."""
    return question.world.get(name, name)


def _acts(question: ScenarioQuestion, key: ScenarioKey, name: str) -> set[str]:
    """Return the best choices in a scene, folded; none at an end."""
    return {fold(choice.text) for choice in _best(question, key, name)} if name in question.nodes else set()


def _still_full(question: ScenarioQuestion, key: ScenarioKey) -> Iterator[str]:
    whole, _ = best_path(question, key)
    for choice in _wrong(question, key, question.start):
        after = 0.0
        if choice.next in question.nodes:
            after, _ = best_path(question.model_copy(update={"start": choice.next}), key)
        if key.correct[question.start][choice.id] + after > whole - _WHOLE:
            yield choice.id


def _mendable(question: ScenarioQuestion, key: ScenarioKey) -> set[str]:
    """Return the scenes from which a way leads to a safe end, and these ends."""
    safe = {name for name, end in key.ends.items() if end.kind == "safe"}
    while found := {
        name
        for name, node in question.nodes.items()
        if name not in safe and any(choice.next in safe for choice in node.choices)
    }:
        safe |= found
    return safe


def _decisions(question: ScenarioQuestion, key: ScenarioKey, *, longest: bool) -> int:
    """Return the number of decisions of the longest way, or of the longest of best choices only."""

    def from_(name: str) -> int:
        if name not in question.nodes:
            return 0
        choices = question.nodes[name].choices if longest else _best(question, key, name)
        return 1 + max(from_(choice.next) for choice in choices)

    return from_(question.start)
