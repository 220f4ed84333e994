"""Score simple rules that answer without reading the stem, and compare the best score with what luck would give."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from buuchinh.authoring.item_quality.choices import SingleChoice
from buuchinh.authoring.lint.wordlists import words as word_list
from buuchinh.questions.likeness import words

KEYINGS = 2_000
"""Number of times that right options are drawn at random to estimate how well the best rule would do by luck."""


def _longest(option: str, _: int) -> float:
    return len(option)


def _shortest(option: str, _: int) -> float:
    return -len(option)


def _signs(option: str, _: int) -> float:
    return option.count(",") + option.count(";")


def _first(_: str, place: int) -> float:
    return -place


def _careful(option: str, _: int) -> float:
    return len(words(option) & set(word_list("careful", "words")))


RULES: dict[str, Callable[[str, int], float]] = {
    "longest": _longest,
    "signs": _signs,
    "first": _first,
    "careful": _careful,
}
FORM: dict[str, Callable[[str, int], float]] = {"longest": _longest, "shortest": _shortest, "first": _first}
"""Rules for a whole exam, which use only the position and the length of options."""


@dataclass(frozen=True)
class Blind:
    """The share of points (0 to 1) that each rule earns.

    ``by_luck`` is the 95th percentile of the best rule's share if the right options were random.
    """

    shares: dict[str, float]
    by_luck: float

    @property
    def best(self) -> str:
        """The name of the rule with the largest share."""
        return best(self.shares)


def best(earned: Mapping[str, float]) -> str:
    """Return the name of the rule that earns most points; if several are equal, the first of them in ``earned``.

    Points are rounded to 9 decimals before they are compared, because the last digits of a sum differ between Python
    versions (3.12 sums floats more exactly).
    """
    return max(earned, key=lambda rule: round(earned[rule], 9))


def blind(items: Sequence[SingleChoice], seed: int = 1) -> Blind:
    """Return the shares of points that the rules earn on ``items``, at one point per item.

    Options that a rule ranks equally share the point. ``seed`` starts the random draws for ``by_luck``.
    """
    picks = {name: [_picked(item, rule) for item in items] for name, rule in RULES.items()}
    keys = [item.right for item in items]
    luck = random.Random(seed)
    by_luck = sorted(
        max(_earned(picked, drawn) for picked in picks.values())
        for drawn in ([luck.randrange(len(item.options)) for item in items] for _ in range(KEYINGS))
    )
    shares = {name: _earned(picked, keys) / len(items) for name, picked in picks.items()}
    return Blind(shares, by_luck[int(0.95 * KEYINGS)] / len(items))


def points(items: Sequence[SingleChoice], rules: Mapping[str, Callable[[str, int], float]] = RULES) -> dict[str, float]:
    """Map each rule to the points it earns on an exercise's single-choice questions; variants share the points."""
    variants = Counter(item.family for item in items)
    return {
        name: sum(item.points / variants[item.family] * _picked(item, rule).get(item.right, 0.0) for item in items)
        for name, rule in rules.items()
    }


def _picked(item: SingleChoice, rule: Callable[[str, int], float]) -> dict[int, float]:
    liked = [rule(option, place) for place, option in enumerate(item.options)]
    most = [place for place, value in enumerate(liked) if value == max(liked)]
    return dict.fromkeys(most, 1 / len(most))


def _earned(picked: Sequence[dict[int, float]], keys: Sequence[int]) -> float:
    return sum(shares.get(key, 0.0) for shares, key in zip(picked, keys, strict=True))
