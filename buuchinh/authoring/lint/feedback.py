"""Rules of what an answer is told: each its own word, and no article or amount that the key does not rest on."""

from __future__ import annotations

from collections.abc import Iterator

from buuchinh import law
from buuchinh.authoring.lint import legal
from buuchinh.authoring.lint.item import Fault, Item
from buuchinh.errors import KitError
from buuchinh.questions import types
from buuchinh.text import fold

SHORTEST = 40
"""Fewest characters in which a word on an answer can say what to do."""


def feedback_short(item: Item) -> Iterator[Fault]:
    """A word of praise or blame teaches nothing."""
    for _, said in item.feedback():
        for one in said:
            if len(one.text) < SHORTEST:
                yield Fault(one.steps, {"text": one.text, "least": SHORTEST})


def feedback_shared(item: Item) -> Iterator[Fault]:
    """Two answers get the same word, so one of them is not explained; one slip in code may give several values."""
    if types.type_of(item.question).from_code:
        return
    for _, said in item.feedback():
        seen: set[str] = set()
        for one in said:
            words = fold(one.text)
            if words in seen:
                yield Fault(one.steps, {"text": one.text})
            seen.add(words)


def feedback_article(item: Item) -> Iterator[Fault]:
    """An article is named that the key does not rest on, so nobody can open it and ``audit`` does not see it."""
    for found, said in item.feedback():
        for one in said:
            for place in legal.places(one.text):
                if not legal.rests_on(place, found.key.provisions):
                    yield Fault(one.steps, {"place": str(place)})


def feedback_amount(item: Item) -> Iterator[Fault]:
    """A fine is named that is not the one of the provisions that the key rests on."""
    for found, said in item.feedback():
        for one in said:
            strange = legal.strange_fines(one.text, _known(found.key.provisions))
            if strange:
                yield Fault(one.steps, {"amounts": "; ".join(strange)})


def _known(refs: tuple[str, ...]) -> list[law.Provision]:
    known: list[law.Provision] = []
    for ref in refs:
        try:
            known += law.periods(ref)
        except KitError:
            continue
    return known


RULES = {
    "feedback-short": feedback_short,
    "feedback-shared": feedback_shared,
    "feedback-article": feedback_article,
    "feedback-amount": feedback_amount,
}
