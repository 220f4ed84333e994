"""Finds sentences that say what the law asks, bans or fines and do not cite the provision that says so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from buuchinh import law
from buuchinh.authoring.lint.item import Item, ItemFault, Passage
from buuchinh.authoring.lint.wordlists import any_of

_SENTENCE = re.compile(r"(?<=[.!?;])\s+")
_PICTURE = re.compile(r"!\[[^\]]*\]\([^)]*\)")


def duty_basis(item: Item) -> Iterator[ItemFault]:
    """A text says what the law asks, bans or fines, and the key that it belongs to cites no provision."""
    unfounded: list[Passage] = []
    for found, texts in item.feedback:
        if not found.key.provisions:
            unfounded += texts
    if item.founded and not any(found.key.provisions for found in item.founded):
        unfounded += [passage for passage in item.texts if passage not in unfounded]
    for passage in unfounded:
        for sentence in filter(is_duty, sentences(passage.text)):
            yield ItemFault(passage.steps, {"words": sentence})


def unlinked_duties(text: str) -> Iterator[str]:
    """Yield the sentences of a paragraph on what the law asks that link to no provision, nor do those beside them."""
    found = sentences(_PICTURE.sub("", text))
    for number, sentence in enumerate(found):
        beside = " ".join(found[max(0, number - 1) : number + 2])
        if is_duty(sentence) and not law.references_in(beside):
            yield sentence


def is_duty(sentence: str) -> bool:
    """Whether a sentence says what must or may not be done, and speaks of law."""
    said = any_of("duty-link", "otherwise").sub("", sentence)
    return bool(any_of("duty-link", "duties").search(said) and any_of("duty-link", "law").search(said))


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, in one line each."""
    return _SENTENCE.split(" ".join(text.split()))


RULES = {"duty-basis": duty_basis}
