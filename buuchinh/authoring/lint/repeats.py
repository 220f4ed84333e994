"""Find graded questions that repeat a practice question's numbers; trainees have the practice question's answer key."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from buuchinh.authoring.lint.basis import numeric_keys
from buuchinh.authoring.lint.item import Item

_CITED = re.compile(r"\d+/\d{4}/[A-ZĐ0-9-]+|(?:Điều|khoản|điểm) \d+")
"""Matches numbers in legal citations, which are not figures."""
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True)
class Calculation:
    """The calculation behind a numeric answer.

    ``figures`` are the numbers in the stem, ``basis`` the provisions and sources that the answer key cites, and ``key``
    is the right answer.
    """

    figures: frozenset[str]
    basis: frozenset[str]
    key: float


def repeats(items: Sequence[Item]) -> Iterator[tuple[Item, Item]]:
    """Yield ``(graded, practice)`` for each graded question with the same calculation as a practice question."""
    practised = {numbers: item for item in items if item.bank == "practice" for numbers in _numbers(item)}
    for item in items:
        if item.bank != "practice":
            twin = next((practised[numbers] for numbers in _numbers(item) if numbers in practised), None)
            if twin is not None:
                yield item, twin


def _numbers(item: Item) -> Iterator[Calculation]:
    for foundation, part, key in numeric_keys(item):
        stem: Any = part.stem or item.question.stem
        figures = frozenset(_FIGURE.findall(_CITED.sub(" ", stem)))
        if figures:
            yield Calculation(
                figures, frozenset((*foundation.key.provisions, *foundation.key.sources)), float(key.correct)
            )
