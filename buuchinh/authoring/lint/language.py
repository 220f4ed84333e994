"""Rules of language in what is practised and read: no formula, no words of the author's own, no sentence too long.

Exercises and exams have versions that people hold, so ``check --items`` counts theirs (``item_quality/formula.py``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from buuchinh.authoring.lint.item import Item, ItemFault, Passage
from buuchinh.authoring.lint.wordlists import any_of

LONGEST_SENTENCE = 28
"""Most syllables of a sentence of feedback, citations and words of the law apart."""
_ABSTRACT = 3
"""From how many abstract nouns on a sentence is one that nobody says aloud."""
_FORMULA = re.compile(r"[.!?…”\"] Nhưng\b.*")
_SENTENCE = re.compile(r"(?<=[.!?…:])[\"”]*\s+")
_CITED = re.compile(r"\([^()]*\)|“[^”]*”|\]\([^)]*\)")


def formula(text: str) -> str:
    """Return where a text grants first and then takes back ("… nghe hợp lý. Nhưng …"), "" for nowhere."""
    found = _FORMULA.search(text)
    return found[0][2:60] if found else ""


def sentences(text: str) -> list[str]:
    """Return the sentences of a text without what they cite."""
    return [sentence for sentence in _SENTENCE.split(_CITED.sub("", text)) if sentence.strip()]


def private(text: str) -> Iterator[str]:
    """Yield words of a text that only its authors use."""
    yield from dict.fromkeys(found[0] for found in any_of("private-words", "words").finditer(text))


def calques(text: str) -> Iterator[str]:
    """Yield turns of phrase that are another language's, in Vietnamese words."""
    yield from dict.fromkeys(found[0] for found in any_of("calque", "words").finditer(text))


def feedback_formula(item: Item) -> Iterator[ItemFault]:
    """The feedback praises the wrong choice and then says "but": a reader skips it after ten of them."""
    for passage in _feedback(item):
        if found := formula(passage.text):
            yield ItemFault(passage.steps, {"words": found})


def long_sentence(item: Item) -> Iterator[ItemFault]:
    """A sentence of feedback is longer than one breath."""
    for passage in _feedback(item):
        for sentence in sentences(passage.text):
            count = len(sentence.split())
            if count > LONGEST_SENTENCE:
                yield ItemFault(passage.steps, {"count": count, "most": LONGEST_SENTENCE})


def semicolons(item: Item) -> Iterator[ItemFault]:
    """A sentence of feedback is three sentences held together by semicolons."""
    for passage in _feedback(item):
        for sentence in sentences(passage.text):
            if sentence.count(";") > 1:
                yield ItemFault(passage.steps, {"words": sentence[:60]})


def abstract_nouns(item: Item) -> Iterator[ItemFault]:
    """A sentence of feedback stacks nouns where somebody does something."""
    nouns = any_of("abstract-nouns", "nouns", whole_words=True)
    for passage in _feedback(item):
        for sentence in sentences(passage.text):
            found = nouns.findall(sentence)
            if len(found) >= _ABSTRACT:
                yield ItemFault(passage.steps, {"words": ", ".join(found)})


def private_words(item: Item) -> Iterator[ItemFault]:
    """A word stands there that only its authors use."""
    for passage in _read(item):
        for found in private(passage.text):
            yield ItemFault(passage.steps, {"words": found})


def calque(item: Item) -> Iterator[ItemFault]:
    """A turn of phrase is another language's."""
    for passage in _read(item):
        for found in calques(passage.text):
            yield ItemFault(passage.steps, {"words": found})


def _read(item: Item) -> tuple[Passage, ...]:
    return item.texts if item.bank == "practice" else ()


def _feedback(item: Item) -> Iterator[Passage]:
    if item.bank == "practice":
        for _, texts in item.feedback:
            yield from texts


RULES = {
    "feedback-formula": feedback_formula,
    "long-sentence": long_sentence,
    "semicolons": semicolons,
    "abstract-nouns": abstract_nouns,
    "private-words": private_words,
    "calque": calque,
}
