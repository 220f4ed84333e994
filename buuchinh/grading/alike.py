"""Define the types and the significance limit for finding submissions that are more alike than chance explains.

Wrong answers (``alike_answers``), and text and code (``alike_words``), are three kinds of evidence. For each kind,
``ERROR`` covers all pairs in a class together, so a larger class requires stronger evidence. Other circumstances, such
as seating, are unknown to the kit, so a reported pair is a question for the instructor and not a verdict.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

ERROR = 0.005
"""Probability that a kind of evidence singles out any pair in a class in which nobody copied."""
LEAST = 3
"""Minimum number of equal wrong answers for a pair to be reported."""
_TOO_MANY = 8
"""Number of people above which shared content is attributed to a template, if over a quarter of the class has it."""


@dataclass(frozen=True)
class ComparedAnswer:
    """One answer in comparable form; two answers are equal if ``content`` is equal."""

    content: str
    right: bool


@dataclass(frozen=True)
class Work:
    """One person's submission.

    ``group`` identifies the set of questions (version and test form). ``answers`` contains the scored answers,
    ``texts`` the long answers in prose that the person wrote, and ``cells`` the code, each by question ID.
    """

    code: str
    group: str = ""
    answers: Mapping[str, ComparedAnswer] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    cells: Mapping[str, str] = field(default_factory=dict)


Couple = tuple[str, str]
SharedWork = dict[Couple, tuple[str, ...]]
"""Questions on which two people's work is the same, keyed by their two codes in sorted order."""


def limit(people: int) -> float:
    """Return the probability below which a pair is reported in a class of ``people`` members."""
    return ERROR / max(1, people * (people - 1) // 2)


def shared(works: Sequence[Work], items: Callable[[Work], Iterable[tuple[str, object]]]) -> SharedWork:
    """Return, for each pair of people, the names of the items that they share, except items that many people have.

    ``items`` returns the (name, item) pairs of one submission.
    """
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
    """Return the two codes in sorted order."""
    return (first, second) if first < second else (second, first)
