"""Compute the figures of item quality and compare them with their goals, for the first table of ``docs/quality.md``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from buuchinh.authoring.item_quality import blind, copies, guessing, stems, twins
from buuchinh.authoring.item_quality.choices import Group, SingleChoice, asked, choices, forms, shares
from buuchinh.authoring.item_quality.voices import voices
from buuchinh.messages import say
from buuchinh.proportions import wilson
from buuchinh.text import format_number, per_cent

GRADED: tuple[Group, ...] = ("graded", "pool")
FORM_MOST, WORDS_MOST, TWINS_LEAST, POINTS_MOST = 0.45, 0.60, 0.60, 0.60
OVERLAP, SPEAKERS, CAUTIOUS, ADVICE_MOST = (0.28, 0.38), (0.25, 0.45), (0.35, 0.60), 0.45
"""Goals for the figures, as shares from 0 to 1.

``FORM_MOST`` and ``WORDS_MOST`` limit how many items a program may guess by their form or by their words.
``TWINS_LEAST`` is the minimum share of items with twins, and a blind rule must earn less than ``POINTS_MOST`` of the
points.

The next three are pairs of a lowest and a highest share of right answers: ``OVERLAP`` for choosing the option with the
most (or fewest) words from the stem, ``SPEAKERS`` for following people who speak in the scene, and ``CAUTIOUS`` for
following the cautious ones among them. ``ADVICE_MOST`` limits how many items can be answered by following their advice,
or by doing the opposite.
"""


@dataclass(frozen=True)
class QualityFigure:
    """One row of the table: a figure for a group of questions, an exercise or an exam, and whether its goal is met."""

    name: str
    group: str
    value: str
    goal: str
    met: bool


def figures(pairs: Sequence[copies.Pair], revealing: Sequence[stems.StemFinding]) -> list[QualityFigure]:
    """Compute all figures, which takes about half a minute.

    ``pairs`` are the near copies, and ``revealing`` lists the stems that reveal too much.
    """
    groups = {group: choices(group) for group in ("practice", *GRADED)}
    rows: list[QualityFigure] = []
    for group in GRADED:
        others = [item for name, items in groups.items() if name != group for item in items]
        rows += _of_group(group, groups[group], others)
    rows += _exercises(groups["graded"])
    rows += _exams()
    rows += [_none_of("quoted", "both", [stem for stem in revealing if stem.kind == "quoted"])]
    rows += [_none_of("of_law", "staff", [stem for stem in revealing if stem.kind == "of_law"])]
    return [*rows, _none_of("copies", "both", pairs)]


def _none_of(name: str, group: str, cases: Sequence[object]) -> QualityFigure:
    goal = say(f"authoring.item_quality.{'none' if name == 'copies' else 'no_item'}")
    return QualityFigure(name, say(f"authoring.item_quality.of.{group}"), str(len(cases)), goal, not cases)


def _of_group(group: Group, items: Sequence[SingleChoice], others: Sequence[SingleChoice]) -> Iterator[QualityFigure]:
    of = say(f"authoring.item_quality.of.{group}")
    if not items:
        return
    for name, features, most in (
        ("form", guessing.form, FORM_MOST),
        ("words", guessing.bag_of_words, WORDS_MOST),
    ):
        hit_shares = shares(items, guessing.guesses(items, others, features))
        yield QualityFigure(
            name, of, _counted(hit_shares), f"≤ {per_cent(most)}", sum(hit_shares.values()) <= most * len(hit_shares)
        )
    rules = blind.blind(items)
    share = rules.shares[rules.best]
    value = f"{per_cent(share)} ({say(f'authoring.item_quality.rule.{rules.best}')})"
    yield QualityFigure("blind", of, value, f"≤ {per_cent(rules.by_luck)}", share <= rules.by_luck)
    twin = {item.id for item in twins.twins(items)}
    paired = shares(items, [item.id in twin for item in items])
    met = sum(paired.values()) >= TWINS_LEAST * len(paired)
    yield QualityFigure("twins", of, _counted(paired), f"≥ {per_cent(TWINS_LEAST)}", met)
    for name, better in (("most_words", max), ("fewest_words", min)):
        yield _between(name, of, stems.share_of_most(items, better), len(items), OVERLAP)
    yield from _voices(group, of)


def _voices(group: Group, of: str) -> Iterator[QualityFigure]:
    counts = voices(group)
    yield _between("speakers", of, counts.right, counts.spoken, SPEAKERS)
    yield _between("cautious", of, counts.cautious_right, counts.cautious, CAUTIOUS)
    yield _between("as_told", of, counts.right, counts.spoken, (0, ADVICE_MOST))
    yield _between("opposite", of, counts.opposite, counts.spoken, (0, ADVICE_MOST))


def _between(name: str, of: str, hits: float, count: int, goal: tuple[float, float]) -> QualityFigure:
    """Return the figure for a share that should be within ``goal``; if ``count`` is 0, the goal is not met."""
    low, high = goal
    wanted = per_cent(low, high) if low else f"≤ {per_cent(high)}"
    if not count:
        return QualityFigure(name, of, say("authoring.item_quality.not_noted"), wanted, met=False)
    return QualityFigure(name, of, _share(hits, count), wanted, low <= round(hits / count, 2) <= high)


def _exams() -> Iterator[QualityFigure]:
    """Yield, for each exam, the share of points that the best rule of ``blind.FORM`` earns on the weakest test form."""
    worst: dict[str, tuple[float, str, str]] = {}
    for name, whole, items in forms():
        earned = blind.points(items, blind.FORM)
        best = blind.best(earned)
        unit, _, form = name.partition(" ")
        worst[unit] = max(worst.get(unit, (0.0, "", "")), (earned[best] / whole, best, form))
    for unit, (share, best, form) in worst.items():
        rule = say(f"authoring.item_quality.rule.{best}")
        value = f"{per_cent(share)} ({say('authoring.item_quality.in_form', form=form.upper(), rule=rule)})"
        yield QualityFigure("points", unit, value, f"< {per_cent(POINTS_MOST)}", share < POINTS_MOST)


def _exercises(items: Iterable[SingleChoice]) -> Iterator[QualityFigure]:
    whole = {name: points for name, points, _ in asked("graded")}
    by_exercise: dict[str, list[SingleChoice]] = {}
    for item in items:
        by_exercise.setdefault(item.bank, []).append(item)
    for name, choices_of in by_exercise.items():
        earned = blind.points(choices_of)
        best = blind.best(earned)
        value = f"{per_cent(earned[best] / whole[name])} ({say(f'authoring.item_quality.rule.{best}')})"
        yield QualityFigure(
            "points", name, value, f"< {per_cent(POINTS_MOST)}", earned[best] < POINTS_MOST * whole[name]
        )


def _counted(of_families: Mapping[str, float]) -> str:
    return _share(sum(of_families.values()), len(of_families))


def _share(hits: float, count: int) -> str:
    low, high = wilson(hits, count)
    share = f"{format_number(hits, int(hits != int(hits)))}/{count} = {per_cent(hits / count)}"
    return f"{share} (95 %: {per_cent(low, high)})"
