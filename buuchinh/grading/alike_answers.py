"""Detect pairs of people who gave the same wrong answers more often than chance explains.

The test asks how probable it is that a person of a given ability, without having seen another person's answers, would
agree with that person as much as observed. Shared wrong answers are the evidence (Bellezza and Bellezza 1989,
"Detection of cheating on multiple-choice tests by using error-similarity analysis", Teaching of Psychology 16(3),
151–155). The other person's answers are taken as given, and the chance of giving each of them depends on the first
person's ability (Wollack 1997, "A nominal response model approach for detecting answer copying", Applied Psychological
Measurement 21(4), 307–320). Ability and difficulty are estimated from the class's marginal totals, as in the Rasch
model; the frequency of each wrong answer is taken from the rest of the class. The tail of the sum is bounded from above
by Chernoff's bound, so the test errs towards reporting nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from buuchinh.grading.alike import LEAST, SharedWork, Work, couple, limit

_AT_ONCE = 20_000
_TILTS = np.array([0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0, 30.0])


def wrong_answers(works: Sequence[Work]) -> SharedWork:
    """Return the pairs whose wrong answers agree more than chance explains, with the questions on which they agree."""
    groups: dict[str, list[Work]] = defaultdict(list)
    for work in works:
        groups[work.group].append(work)
    found: SharedWork = {}
    for group in groups.values():
        found |= _in_group(group, limit(len(works)))
    return found


def _in_group(works: Sequence[Work], at_most: float) -> SharedWork:
    ids = sorted({name for work in works for name in work.answers})
    if len(works) < 2 or not ids:
        return {}
    choices = _numbered(works, ids)
    chance, counts = _chance_to_be_right(choices), _how_many(choices)
    first, second = np.nonzero(np.triu(_same_wrong(choices) >= LEAST, 1))
    shared_work: SharedWork = {}
    for start in range(0, len(first), _AT_ONCE):
        left, right = first[start : start + _AT_ONCE], second[start : start + _AT_ONCE]
        bound = np.maximum(
            _bound(choices, counts, chance, left, right, at_most),
            _bound(choices, counts, chance, right, left, at_most),
        )
        for a, b in zip(left[bound < at_most], right[bound < at_most], strict=True):
            same = (choices[a] == choices[b]) & (choices[a] > 0)
            shared_work[couple(works[a].code, works[b].code)] = tuple(np.array(ids)[same].tolist())
    return shared_work


def _numbered(works: Sequence[Work], ids: Sequence[str]) -> NDArray[np.int64]:
    """Return a matrix with a row per person and a column per question.

    An entry is -1 for no answer, 0 for a right answer, and otherwise the 1-based number of the wrong answer.
    """
    choices = np.full((len(works), len(ids)), -1)
    for column, name in enumerate(ids):
        numbers: dict[str, int] = {}
        for row, work in enumerate(works):
            if name in work.answers:
                answer = work.answers[name]
                choices[row, column] = 0 if answer.right else numbers.setdefault(answer.content, len(numbers) + 1)
    return choices


def _chance_to_be_right(choices: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the probability of a right answer for each person and question, estimated from the totals of ``choices``.

    The probability is the logistic function of the person's ability minus the question's difficulty.
    """
    right, answered = choices == 0, choices >= 0
    person = _logit(right.sum(1), answered.sum(1))
    question = _logit(right.sum(0), answered.sum(0))
    whole = _logit(right.sum(keepdims=True), answered.sum(keepdims=True))
    odds: NDArray[np.float64] = 1 / (1 + np.exp(-(person[:, None] + question[None, :] - whole)))
    return odds


def _logit(right: NDArray[np.int64], of: NDArray[np.int64]) -> NDArray[np.float64]:
    share = (right + 0.5) / (of + 1)
    found: NDArray[np.float64] = np.log(share / (1 - share))
    return found


def _same_wrong(choices: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return a square matrix with the number of questions to which each pair of people gave the same wrong answer."""
    count = np.zeros((len(choices), len(choices)), dtype=np.int64)
    for column in choices.T:
        count += (column[:, None] == column[None, :]) & (column > 0)[:, None]
    return count


def _bound(
    choices: NDArray[np.int64],
    counts: NDArray[np.int64],
    right: NDArray[np.float64],
    sources: NDArray[np.int64],
    candidates: NDArray[np.int64],
    at_most: float,
) -> NDArray[np.float64]:
    """Return, for each pair, an upper bound on the probability of the observed agreement.

    That is the probability that a person in ``candidates`` agrees by chance as much as observed with the corresponding
    person in ``sources``; both contain row numbers of ``choices``. ``counts`` contains the frequency of each answer,
    and ``right`` the probability of a right answer. A bound that is not below ``at_most`` may be returned as 1.
    """
    theirs, own = choices[sources], choices[candidates]
    both = (theirs >= 0) & (own >= 0)
    same = both & (theirs == own)
    others = (choices > 0).sum(0)[None, :] - 1 - (own > 0)
    alike = counts[sources] - 1 - same
    wrong = (1 - right[candidates]) * (alike + 0.5) / (np.maximum(others, 0) + 1.5)
    chance = np.where(theirs == 0, right[candidates], wrong)
    chance = np.where(both, np.clip(chance, 1e-9, 1 - 1e-9), 0.5)
    weight = -np.log(chance)
    reached = (weight * same).sum(1)
    bounds = np.ones(len(sources))
    relevant = reached > -np.log(at_most)  # the bound is never below the product of the chances of what agrees
    weight, chance, both, reached = weight[relevant], chance[relevant], both[relevant], reached[relevant]
    if not relevant.any():
        return bounds
    logs = [np.where(both, np.log1p(chance * np.expm1(tilt * weight)), 0.0).sum(1) - tilt * reached for tilt in _TILTS]
    bounds[relevant] = np.exp(np.minimum(np.min(logs, axis=0), 0.0))
    return bounds


def _how_many(choices: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return, for each entry of ``choices``, the number of people with the same entry for that question."""
    frequencies = np.zeros_like(choices)
    for column in range(choices.shape[1]):
        values, where, counts = np.unique(choices[:, column], return_inverse=True, return_counts=True)
        frequencies[:, column] = counts[where.reshape(-1)] if len(values) else 0
    return frequencies
