"""Finds submissions that are more alike than chance explains: statistics over a class as plain data.

Wrong answers: how probable is it that one person, of that ability and without having seen the other, agrees
with the other's answers as far as they agree? Agreement in what is wrong is what tells (Bellezza and Bellezza 1989,
"Detection of cheating on multiple-choice tests by using error-similarity analysis", Teaching of Psychology
16(3), 151–155); the other's answers are taken as given, and the chance of each depends on the person's ability
(Wollack 1997, "A nominal response model approach for detecting answer copying", Applied Psychological Measurement
21(4), 307–320). Ability and difficulty are read off the margins of the class as in the Rasch model, which wrong
answer is how common off the others. The tail of the sum is Chernoff's upper bound, so that it errs towards silence.

Times: answers of two people that were saved in the same second, against how often those of others fall close to
each other, and how often their own do: two who are led through the questions together keep in step.

Both are compared with ``ERROR`` for all pairs of a class together: a larger class asks for more evidence. What was
never in an answer (who sat where) is unknown here, so a pair is a question to a person and no verdict.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

ERROR = 0.005
"""Chance that a class in which nobody copied has a pair that one kind of evidence names."""
_LEAST = 3
"""So many equal wrong answers, or equal seconds, are the least that is looked at."""
_TOO_MANY = 8
"""What more people than this and than a quarter of the class share has a common cause: a template, a clock."""
_AT_ONCE = 20_000
_TILTS = np.array([0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0, 30.0])
_NEAR, _APART, _RARE = 5, 15, 1 / 3600
_IN_STEP = 1 / 8
"""Chance that two moments within ``_NEAR`` seconds of each other are one second, with something to spare."""


@dataclass(frozen=True)
class Given:
    """One answer: ``what`` is the same for two answers that say the same."""

    what: str
    right: bool


@dataclass(frozen=True)
class Work:
    """What one person handed in. ``group`` names the questions asked (version, test form); ``times`` are in seconds.

    ``texts`` are the words a person wrote, ``cells`` the code, by question.
    """

    code: str
    group: str = ""
    answers: Mapping[str, Given] = field(default_factory=dict)
    times: Mapping[str, int] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    cells: Mapping[str, str] = field(default_factory=dict)


Couple = tuple[str, str]
Found = dict[Couple, tuple[str, ...]]
"""By two codes, the first before the second, the questions in which their work is the same."""


def wrong_answers(works: Sequence[Work]) -> Found:
    """Return who gave the same wrong answers beyond chance, with the questions of those answers."""
    groups: dict[str, list[Work]] = defaultdict(list)
    for work in works:
        groups[work.group].append(work)
    found: Found = {}
    for group in groups.values():
        found |= _in_group(group, limit(len(works)))
    return found


def limit(people: int) -> float:
    """Return the probability below which one pair of a class of so many is named."""
    return ERROR / max(1, people * (people - 1) // 2)


def _in_group(works: Sequence[Work], at_most: float) -> Found:
    ids = sorted({name for work in works for name in work.answers})
    if len(works) < 2 or not ids:
        return {}
    said = _numbered(works, ids)
    chance, counts = _chance_to_be_right(said), _how_many(said)
    first, second = np.nonzero(np.triu(_same_wrong(said) >= _LEAST, 1))
    found: Found = {}
    for start in range(0, len(first), _AT_ONCE):
        one, other = first[start : start + _AT_ONCE], second[start : start + _AT_ONCE]
        bound = np.maximum(
            _bound(said, counts, chance, one, other, at_most), _bound(said, counts, chance, other, one, at_most)
        )
        for a, b in zip(one[bound < at_most], other[bound < at_most], strict=True):
            same = (said[a] == said[b]) & (said[a] > 0)
            found[couple(works[a].code, works[b].code)] = tuple(np.array(ids)[same].tolist())
    return found


def _numbered(works: Sequence[Work], ids: Sequence[str]) -> NDArray[np.int64]:
    """Return a row a person and a column a question: -1 where nothing was said, 0 what is right, else what is wrong."""
    said = np.full((len(works), len(ids)), -1)
    for column, name in enumerate(ids):
        numbers: dict[str, int] = {}
        for row, work in enumerate(works):
            if name in work.answers:
                one = work.answers[name]
                said[row, column] = 0 if one.right else numbers.setdefault(one.what, len(numbers) + 1)
    return said


def _chance_to_be_right(said: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return for each person and question the chance of a right answer: ability less difficulty, by the margins."""
    right, there = said == 0, said >= 0
    person = _logit(right.sum(1), there.sum(1))
    question = _logit(right.sum(0), there.sum(0))
    whole = _logit(right.sum(), there.sum())
    odds: NDArray[np.float64] = 1 / (1 + np.exp(-(person[:, None] + question[None, :] - whole)))
    return odds


def _logit(right: NDArray[np.int64], of: NDArray[np.int64]) -> NDArray[np.float64]:
    share = (right + 0.5) / (of + 1)
    found: NDArray[np.float64] = np.log(share / (1 - share))
    return found


def _same_wrong(said: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return for each two people the number of questions with the same wrong answer."""
    count = np.zeros((len(said), len(said)), dtype=np.int64)
    for column in said.T:
        count += (column[:, None] == column[None, :]) & (column > 0)[:, None]
    return count


def _bound(
    said: NDArray[np.int64],
    counts: NDArray[np.int64],
    right: NDArray[np.float64],
    given: NDArray[np.int64],
    seen: NDArray[np.int64],
    at_most: float,
) -> NDArray[np.float64]:
    """Return for each pair a bound of the chance that the one ``seen`` agrees so far with the answers ``given``.

    ``counts`` is how many gave each answer; where the bound is not below ``at_most``, it may be given as 1.
    """
    theirs, own = said[given], said[seen]
    both = (theirs >= 0) & (own >= 0)
    same = both & (theirs == own)
    others = (said > 0).sum(0)[None, :] - 1 - (own > 0)
    alike = counts[given] - 1 - same
    wrong = (1 - right[seen]) * (alike + 0.5) / (np.maximum(others, 0) + 1.5)
    chance = np.where(theirs == 0, right[seen], wrong)
    chance = np.where(both, np.clip(chance, 1e-9, 1 - 1e-9), 0.5)
    weight = -np.log(chance)
    reached = (weight * same).sum(1)
    found = np.ones(len(given))
    kept = reached > -np.log(at_most)  # the bound is never below the product of the chances of what agrees
    weight, chance, both, reached = weight[kept], chance[kept], both[kept], reached[kept]
    if not kept.any():
        return found
    logs = [np.where(both, np.log1p(chance * np.expm1(tilt * weight)), 0.0).sum(1) - tilt * reached for tilt in _TILTS]
    found[kept] = np.exp(np.minimum(np.min(logs, axis=0), 0.0))
    return found


def _how_many(said: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return for each answer how many people gave it."""
    found = np.zeros_like(said)
    for column in range(said.shape[1]):
        values, where, counts = np.unique(said[:, column], return_inverse=True, return_counts=True)
        found[:, column] = counts[where.reshape(-1)] if len(values) else 0
    return found


def times(works: Sequence[Work]) -> Found:
    """Return whose answers were saved in the same seconds beyond chance, with the questions of those answers."""
    found: Found = {}
    by_code = {work.code: work for work in works}
    rates, led = _rates(works), _led(works)
    for (one, other), ids in shared(works, lambda work: work.times.items()).items():
        first, second = by_code[one].times, by_code[other].times
        count = _apart(first[name] for name in ids)
        between = [abs(first[name] - second[name]) for name in first.keys() & second.keys()]
        beside = sum(0 < one <= _NEAR for one in between) / (2 * _NEAR * len(between))
        asked = [max(rates[name], beside) for name in first.keys() & second.keys()]
        chance = _at_least(count, asked)
        if led:  # in step: of moments that are so close, so many are the same
            close = sum(one <= _NEAR for one in between)
            chance = max(chance, _at_least(count, [_IN_STEP] * close))
        if count >= _LEAST and chance < limit(len(works)):
            found[one, other] = ids
    return found


def _led(works: Sequence[Work]) -> bool:
    """Whether a class goes through the questions together: of two people one in five saves within a minute."""
    close, pairs = 0, 0
    for row in _saved(works).values():
        close += int((np.searchsorted(row, row + 60, "right") - np.arange(len(row)) - 1).sum())
        pairs += len(row) * (len(row) - 1) // 2
    return 5 * close > pairs


def _saved(works: Sequence[Work]) -> dict[str, NDArray[np.int64]]:
    """Return when a question's answers were saved, in order."""
    saved: dict[str, list[int]] = defaultdict(list)
    for work in works:
        for name, at in work.times.items():
            saved[name].append(at)
    return {name: np.sort(np.array(seconds)) for name, seconds in saved.items()}


def _rates(works: Sequence[Work]) -> dict[str, float]:
    """Return for each question the chance that two people save in one second, from those who saved close by.

    Equal seconds themselves are left out: it is they that are judged.
    """
    rates = {}
    for name, row in _saved(works).items():
        near = (np.searchsorted(row, row + _NEAR, "right") - np.searchsorted(row, row, "right")).sum()
        pairs = len(row) * (len(row) - 1) / 2
        rates[name] = min(0.5, max(_RARE, float(near) / pairs / (2 * _NEAR) if pairs else 0.0))
    return rates


def _apart(seconds: Iterable[int]) -> int:
    """Return how many of these moments are moments of their own: cells that run together save together."""
    count, last = 0, None
    for at in sorted(seconds):
        if last is None or at - last >= _APART:
            count, last = count + 1, at
    return count


def _at_least(count: int, chances: Sequence[float]) -> float:
    """Return the chance that at least ``count`` of independent events happen."""
    spread = np.zeros(len(chances) + 1)
    spread[0] = 1.0
    for chance in chances:
        spread[1:] = spread[1:] * (1 - chance) + spread[:-1] * chance
        spread[0] *= 1 - chance
    return float(spread[count:].sum())


def shared(works: Sequence[Work], things: Callable[[Work], Iterable[tuple[str, object]]]) -> Found:
    """Return for each two people the names under which they have the same thing, but for what many have."""
    owners: dict[tuple[str, object], list[str]] = defaultdict(list)
    for work in works:
        for name, thing in things(work):
            owners[name, thing].append(work.code)
    names: dict[Couple, list[str]] = defaultdict(list)
    for (name, _), who in owners.items():
        if len(who) <= max(_TOO_MANY, len(works) // 4):
            for one, other in combinations(sorted(who), 2):
                names[one, other].append(name)
    return {pair: tuple(sorted(ids)) for pair, ids in names.items()}


def couple(one: str, other: str) -> Couple:
    """Return two codes in order."""
    return (one, other) if one < other else (other, one)
