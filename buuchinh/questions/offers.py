"""Describe groups of options and which of them are right, as input for the rules of the ``check`` command."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from buuchinh.questions.asked import Named

Steps = tuple[int | str, ...]
"""The path to a node of a YAML file, made of field names and 0-based list positions."""


@dataclass(frozen=True)
class Offer:
    """Options that are offered together, each as ``(id, text)``, and the ids of those that are right.

    ``steps`` is the path to the group in the question file, and ``places`` holds the path to each option. If ``one`` is
    true, exactly one option is right.
    """

    steps: Steps
    options: tuple[tuple[str, str], ...]
    right: frozenset[str]
    one: bool
    places: tuple[Steps, ...]

    def texts(self, *, right: bool) -> list[str]:
        """Return the text of each right option or, if ``right`` is false, of each wrong option."""
        return [text for name, text in self.options if (name in self.right) is right]

    def under(self, steps: Steps) -> Offer:
        """Return a copy in which every path is prefixed with ``steps``, the path to the question in its file."""
        return replace(self, steps=(*steps, *self.steps), places=tuple((*steps, *place) for place in self.places))


def offer(
    options: Iterable[Named], right: Iterable[str], *, one: bool, steps: Steps, places: Iterable[Steps] | None = None
) -> Offer:
    """Return an ``Offer`` of ``options``.

    Without ``places``, the options are assumed to be the entries of the list at ``steps``.
    """
    options = list(options)
    return Offer(
        steps=steps,
        options=tuple((option.id, option.text) for option in options),
        right=frozenset(right),
        one=one,
        places=tuple(places) if places is not None else tuple((*steps, number) for number in range(len(options))),
    )


def of_options(question: Any, key: Any) -> Iterator[Offer]:
    """Yield the options of a question as a single offer; exactly one is right if ``key.correct`` is a single id."""
    one = isinstance(key.correct, str)
    yield offer(question.options, [key.correct] if one else key.correct, one=one, steps=("options",))
