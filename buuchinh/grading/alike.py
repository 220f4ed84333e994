"""What is compared where submissions are more alike than chance explains, and the limit that all evidence is held to.

Wrong answers (``alike_answers``), words and code (``alike_words``) are each compared with ``ERROR`` for all pairs of a
class together: a larger class asks for more evidence. What was never in an answer (who
sat where) is unknown here, so a pair is a question to a person and no verdict.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

ERROR = 0.005
"""Chance that a class in which nobody copied has a pair that one kind of evidence names."""
LEAST = 3
"""So many equal wrong answers are the least that is looked at."""
_TOO_MANY = 8
"""What more people than this and than a quarter of the class share has a common cause, such as a template."""


@dataclass(frozen=True)
class Given:
    """One answer: ``what`` is the same for two answers that say the same."""

    what: str
    right: bool


@dataclass(frozen=True)
class Work:
    """What one person handed in. ``group`` names the questions asked (version, test form).

    ``texts`` are the words a person wrote, ``cells`` the code, by question.
    """

    code: str
    group: str = ""
    answers: Mapping[str, Given] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    cells: Mapping[str, str] = field(default_factory=dict)


Couple = tuple[str, str]
Found = dict[Couple, tuple[str, ...]]
"""By two codes, the first before the second, the questions in which their work is the same."""


def limit(people: int) -> float:
    """Return the probability below which one pair of a class of so many is named."""
    return ERROR / max(1, people * (people - 1) // 2)


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
