"""Shared types and the significance limit for finding submissions more alike than chance explains.

Wrong answers (``alike_answers``), words and code (``alike_words``) are each compared with ``ERROR`` for all pairs of a
class together: a larger class requires more evidence. Other circumstances (seating)
are unknown here, so a pair is a question to a person and no verdict.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

ERROR = 0.005
"""Probability that one kind of evidence names a pair in a class in which nobody copied."""
LEAST = 3
"""Minimum number of equal wrong answers."""
_TOO_MANY = 8
"""Content shared by more people than this and than a quarter of the class has a common source, such as a template."""


@dataclass(frozen=True)
class ComparedAnswer:
    """One answer; equal answers have equal ``content``."""

    content: str
    right: bool


@dataclass(frozen=True)
class Work:
    """The submission of one person. ``group`` identifies the questions (version, test form).

    ``texts`` are the words a person wrote, ``cells`` the code, by question.
    """

    code: str
    group: str = ""
    answers: Mapping[str, ComparedAnswer] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    cells: Mapping[str, str] = field(default_factory=dict)


Couple = tuple[str, str]
SharedWork = dict[Couple, tuple[str, ...]]
"""The questions in which the work of two people is the same, by their codes in order."""


def limit(people: int) -> float:
    """Return the probability below which a pair in a class of ``people`` is reported."""
    return ERROR / max(1, people * (people - 1) // 2)


def shared(works: Sequence[Work], items: Callable[[Work], Iterable[tuple[str, object]]]) -> SharedWork:
    """Return for each two people the names of their equal items, except those that many people have."""
    owners: dict[tuple[str, object], list[str]] = defaultdict(list)
    for work in works:
        for name, item in items(work):
            owners[name, item].append(work.code)
    names: dict[Couple, list[str]] = defaultdict(list)
    for (name, _), who in owners.items():
        if len(who) <= max(_TOO_MANY, len(works) // 4):
            for first, second in combinations(sorted(who), 2):
                names[first, second].append(name)
    return {pair: tuple(sorted(ids)) for pair, ids in names.items()}


def couple(first: str, second: str) -> Couple:
    """Return two codes in order."""
    return (first, second) if first < second else (second, first)
