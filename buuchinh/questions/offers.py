"""Describe groups of options and which of them are right, for the lint rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from buuchinh.questions.asked import Named

Steps = tuple[int | str, ...]
"""The path to a node of a YAML file: names of fields and 0-based positions in lists."""


@dataclass(frozen=True)
class Offer:
    """Options that are offered together, each as ``(id, text)``, and which of them are right.

    ``steps`` is the path to the group and ``places`` holds the path to each option. ``one`` means that exactly one
    option is right.
    """

    steps: Steps
    options: tuple[tuple[str, str], ...]
    right: frozenset[str]
    one: bool
    places: tuple[Steps, ...]

    def texts(self, *, right: bool) -> list[str]:
        """Return the texts of the right options or, if ``right`` is false, of the others."""
        return [text for name, text in self.options if (name in self.right) is right]

    def under(self, steps: Steps) -> Offer:
        """Return the offer with ``steps``, the path to its question, put before all its own paths."""
        return replace(self, steps=(*steps, *self.steps), places=tuple((*steps, *place) for place in self.places))


def offer(
    options: Iterable[Named], right: Iterable[str], *, one: bool, steps: Steps, places: Iterable[Steps] | None = None
) -> Offer:
    """Return an offer; without ``places``, the options are taken to be the entries of the list at ``steps``."""
    options = list(options)
    return Offer(
        steps=steps,
        options=tuple((option.id, option.text) for option in options),
        right=frozenset(right),
        one=one,
        places=tuple(places) if places is not None else tuple((*steps, number) for number in range(len(options))),
    )


def of_options(question: Any, key: Any) -> Iterator[Offer]:
    """Yield the options of a question as one offer; exactly one is right if ``key.correct`` is a single id."""
    one = isinstance(key.correct, str)
    yield offer(question.options, [key.correct] if one else key.correct, one=one, steps=("options",))
