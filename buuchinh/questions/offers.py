"""Groups of options and which of them are right, for rules of the lint."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from buuchinh.questions.asked import Named

Steps = tuple[int | str, ...]
"""The path to a node of a YAML file: names of fields, numbers of entries."""


@dataclass(frozen=True)
class Offer:
    """Options that are offered together, ``(id, text)`` each. ``steps`` is the path to them, ``places`` to each.

    ``one`` means that exactly one of them is right.
    """

    steps: Steps
    options: tuple[tuple[str, str], ...]
    right: frozenset[str]
    one: bool
    places: tuple[Steps, ...]

    def texts(self, *, right: bool) -> list[str]:
        """Return the texts of the right options, or of the others."""
        return [text for name, text in self.options if (name in self.right) is right]

    def under(self, steps: Steps) -> Offer:
        """Return the offer with the path to its question before its own steps."""
        return replace(self, steps=(*steps, *self.steps), places=tuple((*steps, *place) for place in self.places))


def offer(
    options: Iterable[Named], right: Iterable[str], *, one: bool, steps: Steps, places: Iterable[Steps] | None = None
) -> Offer:
    """Return an offer; without ``places`` the options are the entries of the list at ``steps``."""
    options = list(options)
    return Offer(
        steps=steps,
        options=tuple((option.id, option.text) for option in options),
        right=frozenset(right),
        one=one,
        places=tuple(places) if places is not None else tuple((*steps, number) for number in range(len(options))),
    )


def of_options(question: Any, key: Any) -> Iterator[Offer]:
    """Yield the options of a question; one (``correct`` is an id) or several are right."""
    one = isinstance(key.correct, str)
    yield offer(question.options, [key.correct] if one else key.correct, one=one, steps=("options",))
