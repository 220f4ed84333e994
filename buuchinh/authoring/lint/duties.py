"""Finds sentences that say what the law asks, bans or fines and do not cite the provision that says so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from buuchinh import law
from buuchinh.authoring.lint.item import Fault, Item, Said
from buuchinh.authoring.lint.wordlists import any_of

_SENTENCE = re.compile(r"(?<=[.!?;])\s+")
_PICTURE = re.compile(r"!\[[^\]]*\]\([^)]*\)")


def duty_basis(item: Item) -> Iterator[Fault]:
    """A text says what the law asks, bans or fines, and the key that it belongs to cites no provision."""
    unfounded: list[Said] = []
    for found, texts in item.feedback:
        if not found.key.provisions:
            unfounded += texts
    if item.founded and not any(found.key.provisions for found in item.founded):
        unfounded += [said for said in item.texts if said not in unfounded]
    for said in unfounded:
        for sentence in filter(is_duty, sentences(said.text)):
            yield Fault(said.steps, {"words": sentence})


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
