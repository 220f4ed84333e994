"""Check scenarios: wrong choices change the state of the world and the next task, and scenes do not judge.

A scenario is a question in which each choice leads to another scene or to an end. Broken rules are errors in graded
scenarios. In practice scenarios, where a wrong choice may lead straight to an end with feedback, they are warnings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from buuchinh.authoring.lint.item import Item, ItemFault
from buuchinh.authoring.lint.wordlists import any_of
from buuchinh.authoring.scenario_walk import FEWEST_DECISIONS, LEAST, MOST_DECISIONS, Walk, walk
from buuchinh.questions.types.scenario.model import ScenarioKey, ScenarioQuestion
from buuchinh.text import per_cent

LONGEST_SCENE = 45
"""Maximum number of syllables in the text of a scene."""
_SPOKEN = re.compile(r'"[^"]*"')


def states_its_world(item: Item) -> Iterator[ItemFault]:
    """Yield a fault if a graded scenario has no ``world``, needed to compare the effects of its choices."""
    if isinstance(item.question, ScenarioQuestion) and item.bank != "practice" and not item.question.world:
        yield ItemFault((*item.place, "nodes"))


def world_changes(item: Item) -> Iterator[ItemFault]:
    """Yield a fault if too few wrong choices change the state of the world, or too few change the next task."""
    for outcome in _walks(item):
        if not outcome.changes:
            values = {
                "world": f"{outcome.other_world}/{outcome.wrong}",
                "act": f"{outcome.other_act}/{outcome.going_on}",
                "least": per_cent(LEAST),
            }
            yield _levelled(item, ItemFault((*item.place, "nodes"), values))


def bad_start(item: Item) -> Iterator[ItemFault]:
    """Yield a fault for each wrong first choice that costs nothing because full marks are still possible after it."""
    for outcome in _walks(item):
        for name in outcome.still_full:
            yield _levelled(item, ItemFault((*item.place, "start"), {"name": name}))


def safe_way(item: Item) -> Iterator[ItemFault]:
    """Yield a fault for each scene from which no path leads to a safe end.

    In graded scenarios, the same applies to wrong first choices.
    """
    for outcome in _walks(item):
        starts = () if item.bank == "practice" else outcome.lost_starts
        for name in (*outcome.lost, *starts):
            yield _levelled(item, ItemFault((*item.place, "nodes"), {"name": name}))


def harm_end(item: Item) -> Iterator[ItemFault]:
    """Yield a fault if nothing is at stake in the scenario: no end is a danger to people or a violation."""
    for outcome in _walks(item):
        if not outcome.harms:
            yield _levelled(item, ItemFault((*item.place, "ends")))


def scene_count(item: Item) -> Iterator[ItemFault]:
    """Yield a fault if the best path through the scenario is too short or any path is too long."""
    for outcome in _walks(item):
        if not outcome.fits:
            values = {
                "best": outcome.best,
                "longest": outcome.longest,
                "least": FEWEST_DECISIONS,
                "most": MOST_DECISIONS,
            }
            yield _levelled(item, ItemFault((*item.place, "nodes"), values))


def scene_length(item: Item) -> Iterator[ItemFault]:
    """Yield a fault for each scene that is too long to read while a customer waits."""
    for name, text in _scenes(item):
        count = len(text.split())
        if count > LONGEST_SCENE:
            values = {"name": name, "count": count, "most": LONGEST_SCENE}
            yield _levelled(item, ItemFault((*item.place, "nodes", name, "text"), values))


def telling_scene(item: Item) -> Iterator[ItemFault]:
    """Yield a fault for each scene that judges the last choice or a person, except in direct speech."""
    for name, text in _scenes(item):
        verdict = any_of("telling-scene", "words", whole_words=True).search(_SPOKEN.sub("", text))
        if verdict:
            place = (*item.place, "nodes", name, "text")
            yield _levelled(item, ItemFault(place, {"name": name, "words": verdict[0]}))


def _walks(item: Item) -> Iterator[Walk]:
    if isinstance(item.question, ScenarioQuestion):
        for foundation in item.founded:
            if isinstance(foundation.key, ScenarioKey):
                yield walk(item.question, foundation.key)


def _scenes(item: Item) -> Iterator[tuple[str, str]]:
    if isinstance(item.question, ScenarioQuestion):
        yield from ((name, node.text) for name, node in item.question.nodes.items())


def _levelled(item: Item, fault: ItemFault) -> ItemFault:
    return replace(fault, level="warning" if item.bank == "practice" else "error")


RULES = {
    "world-told": states_its_world,
    "world-changes": world_changes,
    "bad-start": bad_start,
    "safe-way": safe_way,
    "harm-end": harm_end,
    "scene-count": scene_count,
    "scene-length": scene_length,
    "telling-scene": telling_scene,
}
