"""Check the question bank as a whole: its size, levels and variants, and that no pattern reveals right options."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from buuchinh.authoring.lint.item import Item
from buuchinh.authoring.lint.repeats import repeats
from buuchinh.authoring.lint.tries import copies
from buuchinh.authoring.lint.wording_rules import longest_is_right
from buuchinh.messages import say
from buuchinh.questions import types
from buuchinh.questions.authored import asked_as
from buuchinh.questions.publish import obscure
from buuchinh.text import format_number

LEAST = 150
"""Minimum number of practice questions, counting all variants of a question as one."""
LEAST_WITH_VARIANTS = 30
LEAST_APPLIED = 0.5
MOST_RECALLED = 0.25
RARE = 0.01
"""Probability of arising by chance below which a distribution counts as a pattern."""
FEWEST = 20
"""Minimum number of single-choice questions needed to tell a pattern from chance."""
_RECALL = {"remember"}
_BELOW_APPLYING = {"remember", "understand"}


@dataclass(frozen=True)
class BankFault:
    """A rule that the question bank as a whole breaks, with the values for the rule's message."""

    rule: str
    values: Mapping[str, object] = field(default_factory=dict)


def faults(items: Sequence[Item], objectives: Iterable[str]) -> Iterator[BankFault]:
    """Yield a fault for each rule that the bank breaks; ``objectives`` are the ids of the learning objectives."""
    practice = _once(item for item in items if item.bank == "practice" and types.type_of(item.question).scored)
    if len(practice) < LEAST:
        yield BankFault("bank-size", {"count": len(practice), "least": LEAST})
    if practice:
        yield from _levels(practice)
    varied = {item.question.variant_of for item in items if item.bank == "practice"} - {None}
    if len(varied) < LEAST_WITH_VARIANTS:
        yield BankFault("bank-variants", {"count": len(varied), "least": LEAST_WITH_VARIANTS})
    asked = {item.question.objective for item in items if item.bank != "exam"}
    missing = [objective for objective in objectives if objective not in asked]
    if missing:
        yield BankFault("objective-items", {"names": ", ".join(missing)})
    yield from _patterns(items)
    for graded, practice_item in repeats(items):
        yield BankFault("number-repeated", {"graded": graded.id, "practice": practice_item.id})
    for copy in copies(items):
        values = {"graded": copy.graded.id, "practice": copy.tried.id, "share": _percent(copy.alike)}
        yield BankFault("try-copy", values | {"part": say(f"authoring.tries.{copy.part}")})


def _levels(practice: Sequence[Item]) -> Iterator[BankFault]:
    levels = Counter[str](item.question.bloom for item in practice)
    applied = 1 - sum(levels[level] for level in _BELOW_APPLYING) / len(practice)
    recalled = sum(levels[level] for level in _RECALL) / len(practice)
    if applied < LEAST_APPLIED:
        yield BankFault("bank-apply", {"share": _percent(applied), "least": _percent(LEAST_APPLIED)})
    if recalled > MOST_RECALLED:
        yield BankFault("bank-recall", {"share": _percent(recalled), "most": _percent(MOST_RECALLED)})


def _patterns(items: Sequence[Item]) -> Iterator[BankFault]:
    """Yield a fault if the right options show a pattern in their released positions or in their lengths.

    Variants of a question count as one case.
    """
    places: dict[int, Counter[int]] = {}
    chances: list[float] = []
    longest = 0
    for item in _once(items):
        offer = next(reversed(list(item.offers())), None) if types.type_of(item.question).has_options else None
        if offer is None or not offer.one:
            continue
        shown: Any = obscure(item.question, item.seed)
        ids = [option.id for option in shown.options]
        places.setdefault(len(ids), Counter())[ids.index(shown.keys[-1].correct)] += 1
        chances.append(1 / len(ids))
        longest += longest_is_right(offer)
    if len(chances) < FEWEST:
        return
    if spread_chance(places) < RARE:
        counts = "; ".join(
            f"{size}: {', '.join(str(counts[at]) for at in range(size))}" for size, counts in sorted(places.items())
        )
        yield BankFault("key-position", {"counts": counts})
    if at_least_chance(longest, chances) < RARE:
        expected = format_number(sum(chances), 0)
        yield BankFault("key-longest-bank", {"count": longest, "all": len(chances), "expected": expected})


def spread_chance(places: Mapping[int, Mapping[int, int]]) -> float:
    """Return the probability that chance alone makes the positions of right options this uneven.

    ``places`` gives, for each number of options, how often the right option was at each 0-based position. The statistic
    is Pearson's χ², summed over the numbers of options.
    """
    statistic, freedom = 0.0, 0
    for size, counts in places.items():
        expected = sum(counts.values()) / size
        statistic += sum((counts.get(at, 0) - expected) ** 2 / expected for at in range(size))
        freedom += size - 1
    return chi_square_tail(statistic, freedom)


def chi_square_tail(statistic: float, freedom: int) -> float:
    """Return P(χ² ≥ ``statistic``) for ``freedom`` degrees of freedom (Abramowitz & Stegun 26.4.4 and 26.4.5)."""
    half = statistic / 2
    if freedom % 2 == 0:
        return float(math.exp(-half) * sum(half**k / math.factorial(k) for k in range(freedom // 2)))
    terms: float = sum(half ** (k - 0.5) / math.gamma(k + 0.5) for k in range(1, (freedom + 1) // 2))
    return math.erfc(math.sqrt(half)) + math.exp(-half) * terms


def at_least_chance(count: int, chances: Sequence[float]) -> float:
    """Return the exact probability that at least ``count`` of independent events with these ``chances`` occur."""
    spread = [1.0]
    for chance in chances:
        stays = [value * (1 - chance) for value in spread] + [0.0]
        rises = [0.0] + [value * chance for value in spread]
        spread = [stay + rise for stay, rise in zip(stays, rises, strict=True)]
    return sum(spread[count:])


def _once(items: Iterable[Item]) -> list[Item]:
    """Return one item for each question: the first of its variants."""
    return list({asked_as(item.question): item for item in reversed(list(items))}.values())[::-1]


def _percent(share: float) -> str:
    return f"{format_number(100 * share, 0)} %"
