"""Rules of language in practice questions and lessons: no formula, no authors' jargon, no long sentence.

Exercises and exams have released versions, so ``check --items`` counts theirs (``item_quality/formula.py``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from buuchinh.authoring.lint.item import Item, ItemFault, Passage
from buuchinh.authoring.lint.wordlists import any_of

LONGEST_SENTENCE = 28
"""Most syllables of a sentence of feedback, without citations and words of the law."""
_ABSTRACT = 3
"""The number of abstract nouns from which on nobody would say the sentence aloud."""
_FORMULA = re.compile(r"[.!?…”\"] Nhưng\b.*")
_SENTENCE = re.compile(r"(?<=[.!?…:])[\"”]*\s+")
_CITED = re.compile(r"\([^()]*\)|“[^”]*”|\]\([^)]*\)")


def formula(text: str) -> str:
    """Return the part of a text that concedes and then contradicts ("… nghe hợp lý. Nhưng …"), else ""."""
    match = _FORMULA.search(text)
    return match[0][2:60] if match else ""


def sentences(text: str) -> list[str]:
    """Return the sentences of a text without their citations."""
    return [sentence for sentence in _SENTENCE.split(_CITED.sub("", text)) if sentence.strip()]


def private(text: str) -> Iterator[str]:
    """Yield the words of a text that only its authors use."""
    yield from dict.fromkeys(match[0] for match in any_of("private-words", "words").finditer(text))


def calques(text: str) -> Iterator[str]:
    """Yield phrases translated word for word from another language."""
    yield from dict.fromkeys(match[0] for match in any_of("calque", "words").finditer(text))


def feedback_formula(item: Item) -> Iterator[ItemFault]:
    """Yield feedback that praises the wrong choice and then says "but": readers skip it after ten of them."""
    for passage in _feedback(item):
        if phrase := formula(passage.text):
            yield ItemFault(passage.steps, {"words": phrase})


def long_sentence(item: Item) -> Iterator[ItemFault]:
    """Yield sentences of feedback that are longer than one breath."""
    for passage in _feedback(item):
        for sentence in sentences(passage.text):
            count = len(sentence.split())
            if count > LONGEST_SENTENCE:
                yield ItemFault(passage.steps, {"count": count, "most": LONGEST_SENTENCE})


def semicolons(item: Item) -> Iterator[ItemFault]:
    """Yield sentences of feedback with more than one semicolon."""
    for passage in _feedback(item):
        for sentence in sentences(passage.text):
            if sentence.count(";") > 1:
                yield ItemFault(passage.steps, {"words": sentence[:60]})


def abstract_nouns(item: Item) -> Iterator[ItemFault]:
    """Yield sentences of feedback that stack abstract nouns in place of an action."""
    nouns = any_of("abstract-nouns", "nouns", whole_words=True)
    for passage in _feedback(item):
        for sentence in sentences(passage.text):
            stacked = nouns.findall(sentence)
            if len(stacked) >= _ABSTRACT:
                yield ItemFault(passage.steps, {"words": ", ".join(stacked)})


def private_words(item: Item) -> Iterator[ItemFault]:
    """Yield words that only the authors use."""
    for passage in _read(item):
        for phrase in private(passage.text):
            yield ItemFault(passage.steps, {"words": phrase})


def calque(item: Item) -> Iterator[ItemFault]:
    """Yield phrases translated word for word."""
    for passage in _read(item):
        for phrase in calques(passage.text):
            yield ItemFault(passage.steps, {"words": phrase})


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
