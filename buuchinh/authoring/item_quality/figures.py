"""All figures of item quality, each with its goal and whether it is met; the rows of ``docs/quality.md``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from buuchinh.authoring.item_quality import blind, copies, guessing, twins
from buuchinh.authoring.item_quality.choices import Choice, Group, asked, choices, shares
from buuchinh.messages import say
from buuchinh.proportions import wilson
from buuchinh.text import format_number, per_cent

GRADED: tuple[Group, ...] = ("graded", "pool")
FORM_MOST, WORDS_MOST, TWINS_LEAST, POINTS_MOST = 0.45, 0.60, 0.60, 0.60
"""Goals, as shares: what form alone and words alone may find, how many have twins, what a blind rule may earn."""


@dataclass(frozen=True)
class Figure:
    """One line: what was counted, of which group of questions (or exercise), the value, its goal, whether it is met."""

    name: str
    of: str
    value: str
    goal: str
    met: bool


def figures(pairs: Sequence[copies.Pair]) -> list[Figure]:
    """Count everything anew, in half a minute; ``pairs`` are the near copies."""
    groups = {group: choices(group) for group in ("practice", *GRADED)}
    found: list[Figure] = []
    for group in GRADED:
        others = [item for name, items in groups.items() if name != group for item in items]
        found += _of_group(group, groups[group], others)
    found += _exercises(groups["graded"])
    goal = say("authoring.item_quality.none")
    return [*found, Figure("copies", say("authoring.item_quality.of.both"), str(len(pairs)), goal, not pairs)]


def _of_group(group: Group, items: Sequence[Choice], others: Sequence[Choice]) -> Iterator[Figure]:
    of = say(f"authoring.item_quality.of.{group}")
    if not items:
        return
    for name, features, most in (
        ("form", guessing.form, FORM_MOST),
        ("words", guessing.bag_of_words, WORDS_MOST),
    ):
        found = shares(items, guessing.guessed(items, others, features))
        yield Figure(name, of, _counted(found), f"≤ {per_cent(most)}", sum(found.values()) <= most * len(found))
    rules = blind.blind(items)
    share = rules.shares[rules.best]
    value = f"{per_cent(share)} ({say(f'authoring.item_quality.rule.{rules.best}')})"
    yield Figure("blind", of, value, f"≤ {per_cent(rules.by_luck)}", share <= rules.by_luck)
    twin = {item.id for item in twins.twins(items)}
    paired = shares(items, [item.id in twin for item in items])
    met = sum(paired.values()) >= TWINS_LEAST * len(paired)
    yield Figure("twins", of, _counted(paired), f"≥ {per_cent(TWINS_LEAST)}", met)


def _exercises(items: Iterable[Choice]) -> Iterator[Figure]:
    whole = {name: points for name, points, _ in asked("graded")}
    by_exercise: dict[str, list[Choice]] = {}
    for item in items:
        by_exercise.setdefault(item.bank, []).append(item)
    for name, of_one in by_exercise.items():
        earned = blind.points(of_one)
        best = blind.best(earned)
        value = f"{per_cent(earned[best] / whole[name])} ({say(f'authoring.item_quality.rule.{best}')})"
        yield Figure("points", name, value, f"< {per_cent(POINTS_MOST)}", earned[best] < POINTS_MOST * whole[name])


def _counted(of_families: Mapping[str, float]) -> str:
    hits, count = sum(of_families.values()), len(of_families)
    low, high = wilson(hits, count)
    share = f"{format_number(hits, int(hits != int(hits)))}/{count} = {per_cent(hits / count)}"
    return f"{share} (95 %: {per_cent(low, high)})"
