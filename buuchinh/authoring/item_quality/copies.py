"""Find near copies: graded questions that share many words with a practice question, whose key trainees have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from buuchinh.authoring.item_quality.choices import Group, asked
from buuchinh.questions.authored import AuthoredQuestion
from buuchinh.questions.likeness import common, words

MOST = 0.35
"""Largest share of common words (Jaccard index) at which two questions do not yet count as near copies.

Stems and options are compared separately.
"""


@dataclass(frozen=True)
class Pair:
    """The ids of a graded question and of the practice question that it resembles.

    ``part`` says what was compared, "stem" or "options"; ``alike`` is the share of common words, from 0 to 1.
    """

    graded: str
    practice: str
    part: str
    alike: float


@dataclass(frozen=True)
class _Words:
    id: str
    parts: dict[str, frozenset[str]]


def near_copies() -> list[Pair]:
    """Return the pairs above ``MOST``, most alike first, with one pair for each graded question and part."""
    practice = list(_read("practice"))
    pairs = []
    for group in ("graded", "pool"):
        for graded in _read(group):
            for part, its in graded.parts.items():
                alike, name = max(((common(its, other.parts[part]), other.id) for other in practice), default=(0.0, ""))
                if alike > MOST:
                    pairs.append(Pair(graded.id, name, part, alike))
    return sorted(pairs, key=lambda pair: (-pair.alike, pair.graded))


def _read(group: Group) -> Iterator[_Words]:
    for _, _, question in asked(group):
        yield _Words(question.id, {"stem": words(question.stem), "options": words(_options(question))})


def _options(question: AuthoredQuestion) -> str:
    return " ".join(option.text for option in getattr(question, "options", ()))
