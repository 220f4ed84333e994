"""Check that each sentence on a legal duty, ban or fine cites the provision that says so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from buuchinh import law
from buuchinh.authoring.lint.item import Item, ItemFault, Passage
from buuchinh.authoring.lint.wordlists import any_of

_SENTENCE = re.compile(r"(?<=[.!?;])\s+")
_PICTURE = re.compile(r"!\[[^\]]*\]\([^)]*\)")


def duty_basis(item: Item) -> Iterator[ItemFault]:
    """Yield a fault for each sentence that states a legal duty, ban or fine if its answer key cites no provision."""
    unfounded: list[Passage] = []
    for foundation, texts in item.feedback:
        if not foundation.key.provisions:
            unfounded += texts
    if item.founded and not any(foundation.key.provisions for foundation in item.founded):
        unfounded += [passage for passage in item.texts if passage not in unfounded]
    for passage in unfounded:
        for sentence in filter(is_duty, sentences(passage.text)):
            yield ItemFault(passage.steps, {"words": sentence})


def unlinked_duties(text: str) -> Iterator[str]:
    """Yield each sentence on a legal duty in a paragraph if neither it nor an adjacent sentence links to the law."""
    in_order = sentences(_PICTURE.sub("", text))
    for number, sentence in enumerate(in_order):
        beside = " ".join(in_order[max(0, number - 1) : number + 2])
        if is_duty(sentence) and not law.references_in(beside):
            yield sentence


def is_duty(sentence: str) -> bool:
    """Whether ``sentence`` states a duty or a ban and refers to the law."""
    rest = any_of("duty-link", "otherwise").sub("", sentence)
    return bool(any_of("duty-link", "duties").search(rest) and any_of("duty-link", "law").search(rest))


def sentences(text: str) -> list[str]:
    """Return the sentences of ``text``, each on one line."""
    return _SENTENCE.split(" ".join(text.split()))


RULES = {"duty-basis": duty_basis}
