"""Similarity of questions by their words, in two measures.

*Runs* of four words in a row find what was quoted, whatever stands around it; they are looked up in an index, so that
an exam's pool is compared with the whole course at each check. *Words* in any order find what was put in other words
too; they are compared pair by pair, each part of a question by itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from buuchinh.questions.authored import AuthoredQuestion
from buuchinh.text import fold

Run = tuple[str, ...]
QUOTED = 0.5
"""The share of its runs (0 to 1) from which on a question counts as quoting another."""
_RUN = 4
FEWEST_WORDS = 6
"""The minimum number of words; shorter texts share words by chance, as two stems "Chọn câu đúng." do."""
_WORD = re.compile(r"\w+")
_OFFERED = ("options", "items", "left")


def quoted(questions: Sequence[AuthoredQuestion], others: Iterable[AuthoredQuestion]) -> dict[int, list[str]]:
    """Map the position of each question that quotes any of ``others`` to their ids, in their order."""
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
    """Return the runs of words in the stem and in the options."""
    offered = (option.text for name in _OFFERED for option in getattr(question, name, ()))
    all_runs: set[Run] = set()
    for text in (question.stem, *offered):
        in_order = _WORD.findall(fold(text, marks=True))
        all_runs |= {tuple(in_order[start : start + _RUN]) for start in range(len(in_order) - _RUN + 1)}
    return all_runs


def words(text: str) -> frozenset[str]:
    """Return the words of a text, case-folded, with their diacritics."""
    return frozenset(_WORD.findall(fold(text, marks=True)))


def common(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the share of words that two texts have in common (Jaccard, 0 to 1); 0 if one is very short."""
    if min(len(one), len(other)) < FEWEST_WORDS:
        return 0.0
    return len(one & other) / len(one | other)
