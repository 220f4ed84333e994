"""Measure how similar questions are by comparing their words, in two ways.

*Runs* of four consecutive words reveal quotations, whatever surrounds them. They are looked up in an index, so a whole
pool of exam questions can be compared with the whole course at each check. Sets of *words* in any order also reveal
paraphrases; they are compared pair by pair, separately for each part of a question.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from buuchinh.questions.authored import AuthoredQuestion
from buuchinh.text import fold

Run = tuple[str, ...]
QUOTED = 0.5
"""The share (0 to 1) of its runs that a question must have in common with another to count as quoting it."""
_RUN = 4
FEWEST_WORDS = 6
"""The minimum number of words to compare; shorter strings, such as the stem "Chọn câu đúng.", coincide by chance."""
_WORD = re.compile(r"\w+")
_OFFERED = ("options", "items", "left")


def quoted(questions: Sequence[AuthoredQuestion], others: Iterable[AuthoredQuestion]) -> dict[int, list[str]]:
    """Return which of ``others`` each question quotes, as lists of ids in the order of ``others``.

    The result is keyed by 0-based position in ``questions``; a question that quotes nothing is left out.
    """
    own = [runs(question) for question in questions]
    with_run: dict[Run, list[int]] = {}
    for place, question_runs in enumerate(own):
        for run in question_runs:
            with_run.setdefault(run, []).append(place)
    alike: dict[int, list[str]] = {}
    for other in others:
        shared = Counter(place for run in runs(other) for place in with_run.get(run, ()))
        for place, count in shared.items():
            if count >= QUOTED * len(own[place]):
                alike.setdefault(place, []).append(other.id)
    return dict(sorted(alike.items()))


def runs(question: AuthoredQuestion) -> set[Run]:
    """Return the runs of four consecutive words in a question's stem and options."""
    offered = (option.text for name in _OFFERED for option in getattr(question, name, ()))
    all_runs: set[Run] = set()
    for text in (question.stem, *offered):
        in_order = _WORD.findall(fold(text, marks=True))
        all_runs |= {tuple(in_order[start : start + _RUN]) for start in range(len(in_order) - _RUN + 1)}
    return all_runs


def words(text: str) -> frozenset[str]:
    """Return the set of words in ``text``, case-folded but with diacritics."""
    return frozenset(_WORD.findall(fold(text, marks=True)))


def common(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the share of words that two sets have in common (Jaccard index, 0 to 1), or 0 if one is too small."""
    if min(len(one), len(other)) < FEWEST_WORDS:
        return 0.0
    return len(one & other) / len(one | other)
