"""Rules of scenarios: a wrong choice changes the world and what to do in it, and no scene judges who chose.

What is graded keeps them; in practice, where a wrong choice may stop at once and be told why, they are warnings.
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
"""Most syllables of a scene."""
_SPOKEN = re.compile(r'"[^"]*"')


def world_told(item: Item) -> Iterator[ItemFault]:
    """A graded scenario does not say as data how the world stands, so nobody can compare what choices change."""
    if isinstance(item.question, ScenarioQuestion) and item.bank != "practice" and not item.question.world:
        yield ItemFault((*item.place, "nodes"))


def world_changes(item: Item) -> Iterator[ItemFault]:
    """Too many wrong choices lead to the same world as the right one, or leave the same thing to do, or nothing."""
    for found in _walks(item):
        if not found.changes:
            values = {
                "world": f"{found.other_world}/{found.wrong}",
                "act": f"{found.other_act}/{found.going_on}",
                "least": per_cent(LEAST),
            }
            yield _levelled(item, ItemFault((*item.place, "nodes"), values))


def bad_start(item: Item) -> Iterator[ItemFault]:
    """Full marks can still be had after a wrong first choice: the start decided nothing."""
    for found in _walks(item):
        for name in found.still_full:
            yield _levelled(item, ItemFault((*item.place, "start"), {"name": name}))


def safe_way(item: Item) -> Iterator[ItemFault]:
    """From a scene, or in graded ones after a wrong first choice, no way leads to a safe end: nobody can mend it."""
    for found in _walks(item):
        starts = () if item.bank == "practice" else found.lost_starts
        for name in (*found.lost, *starts):
            yield _levelled(item, ItemFault((*item.place, "nodes"), {"name": name}))


def harm_end(item: Item) -> Iterator[ItemFault]:
    """No way ends in danger for people or in a violation: nothing was at stake."""
    for found in _walks(item):
        if not found.harms:
            yield _levelled(item, ItemFault((*item.place, "ends")))


def scene_count(item: Item) -> Iterator[ItemFault]:
    """The best way is over too soon, or some way is too long."""
    for found in _walks(item):
        if not found.fits:
            values = {"best": found.best, "longest": found.longest, "least": FEWEST_DECISIONS, "most": MOST_DECISIONS}
            yield _levelled(item, ItemFault((*item.place, "nodes"), values))


def scene_length(item: Item) -> Iterator[ItemFault]:
    """A scene is longer than one reads while somebody waits."""
    for name, text in _scenes(item):
        count = len(text.split())
        if count > LONGEST_SCENE:
            values = {"name": name, "count": count, "most": LONGEST_SCENE}
            yield _levelled(item, ItemFault((*item.place, "nodes", name, "text"), values))


def telling_scene(item: Item) -> Iterator[ItemFault]:
    """A scene says by a verdict what the choice before it was worth, or what a person is; people in it may."""
    for name, text in _scenes(item):
        verdict = any_of("telling-scene", "words", whole_words=True).search(_SPOKEN.sub("", text))
        if verdict:
            place = (*item.place, "nodes", name, "text")
            yield _levelled(item, ItemFault(place, {"name": name, "words": verdict[0]}))


def _walks(item: Item) -> Iterator[Walk]:
    if isinstance(item.question, ScenarioQuestion):
        for found in item.founded:
            if isinstance(found.key, ScenarioKey):
                yield walk(item.question, found.key)


def _scenes(item: Item) -> Iterator[tuple[str, str]]:
    if isinstance(item.question, ScenarioQuestion):
        yield from ((name, node.text) for name, node in item.question.nodes.items())


def _levelled(item: Item, fault: ItemFault) -> ItemFault:
    return replace(fault, level="warning" if item.bank == "practice" else "error")


RULES = {
    "world-told": world_told,
    "world-changes": world_changes,
    "bad-start": bad_start,
    "safe-way": safe_way,
    "harm-end": harm_end,
    "scene-count": scene_count,
    "scene-length": scene_length,
    "telling-scene": telling_scene,
}
