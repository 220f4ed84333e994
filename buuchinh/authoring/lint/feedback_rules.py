"""Check feedback: long enough, different for each answer, and no article or fine that the answer key does not cite."""

from __future__ import annotations

from collections.abc import Iterator

from buuchinh import law
from buuchinh.authoring.lint import legal
from buuchinh.authoring.lint.item import Item, ItemFault
from buuchinh.errors import KitError
from buuchinh.questions import types
from buuchinh.text import fold

SHORTEST = 40
"""Minimum number of characters in one piece of feedback."""


def feedback_short(item: Item) -> Iterator[ItemFault]:
    """Yield a fault for each piece of feedback that is too short, since a word of praise or blame teaches nothing."""
    for _, texts in item.feedback:
        for passage in texts:
            if len(passage.text) < SHORTEST:
                yield ItemFault(passage.steps, {"text": passage.text, "least": SHORTEST})


def feedback_shared(item: Item) -> Iterator[ItemFault]:
    """Yield a fault for each piece of feedback that two answers share, which leaves one of them unexplained.

    Questions answered by code are exempt because one mistake there can produce several values.
    """
    if types.type_of(item.question).from_code:
        return
    for _, texts in item.feedback:
        seen: set[str] = set()
        for passage in texts:
            words = fold(passage.text)
            if words in seen:
                yield ItemFault(passage.steps, {"text": passage.text})
            seen.add(words)


def feedback_article(item: Item) -> Iterator[ItemFault]:
    """Yield a fault for each article that feedback names but its answer key does not cite.

    Readers cannot open such an article, and ``audit`` does not check it.
    """
    for foundation, texts in item.feedback:
        for passage in texts:
            for place in legal.places(passage.text):
                if not legal.rests_on(place, foundation.key.provisions):
                    yield ItemFault(passage.steps, {"place": str(place)})


def feedback_amount(item: Item) -> Iterator[ItemFault]:
    """Yield a fault for each piece of feedback that names a fine not given by the provisions of its answer key."""
    for foundation, texts in item.feedback:
        for passage in texts:
            strange = legal.strange_fines(passage.text, _cited(foundation.key.provisions))
            if strange:
                yield ItemFault(passage.steps, {"amounts": "; ".join(strange)})


def _cited(refs: tuple[str, ...]) -> list[law.Provision]:
    provisions: list[law.Provision] = []
    for ref in refs:
        try:
            provisions += law.periods(ref)
        except KitError:
            continue
    return provisions


RULES = {
    "feedback-short": feedback_short,
    "feedback-shared": feedback_shared,
    "feedback-article": feedback_article,
    "feedback-amount": feedback_amount,
}
