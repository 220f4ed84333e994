"""Finds people who gave the same wrong answers beyond chance.

How probable is it that one person, of that ability and without having seen the other, agrees
with the other's answers as far as they agree? Agreement in what is wrong is what tells (Bellezza and Bellezza 1989,
"Detection of cheating on multiple-choice tests by using error-similarity analysis", Teaching of Psychology
16(3), 151–155); the other's answers are taken as given, and the chance of each depends on the person's ability
(Wollack 1997, "A nominal response model approach for detecting answer copying", Applied Psychological Measurement
21(4), 307–320). Ability and difficulty are read off the margins of the class as in the Rasch model, which wrong
answer is how common off the others. The tail of the sum is Chernoff's upper bound, so that it errs towards silence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from buuchinh.grading.alike import LEAST, Found, Work, couple, limit

_AT_ONCE = 20_000
_TILTS = np.array([0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0, 30.0])


def wrong_answers(works: Sequence[Work]) -> Found:
    """Return who gave the same wrong answers beyond chance, with the questions of those answers."""
    groups: dict[str, list[Work]] = defaultdict(list)
    for work in works:
        groups[work.group].append(work)
    found: Found = {}
    for group in groups.values():
        found |= _in_group(group, limit(len(works)))
    return found


def _in_group(works: Sequence[Work], at_most: float) -> Found:
    ids = sorted({name for work in works for name in work.answers})
    if len(works) < 2 or not ids:
        return {}
    said = _numbered(works, ids)
    chance, counts = _chance_to_be_right(said), _how_many(said)
    first, second = np.nonzero(np.triu(_same_wrong(said) >= LEAST, 1))
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
    whole = _logit(right.sum(keepdims=True), there.sum(keepdims=True))
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
