"""Check the style of practice questions and lessons: no stock formula, no authors' jargon, no long sentences.

Exercises and exams have released versions, so ``check --items`` only counts the formula in them
(``item_quality/formula.py``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from buuchinh.authoring.lint.item import Item, ItemFault, Passage
from buuchinh.authoring.lint.wordlists import any_of

LONGEST_SENTENCE = 28
"""Maximum number of syllables in a sentence of feedback, not counting citations and quotations."""
_ABSTRACT = 3
"""Number of abstract nouns in one sentence from which nobody would say the sentence aloud."""
_FORMULA = re.compile(r"[.!?…”\"] Nhưng\b.*")
_SENTENCE = re.compile(r"(?<=[.!?…:])[\"”]*\s+")
_CITED = re.compile(r"\([^()]*\)|“[^”]*”|\]\([^)]*\)")


def formula(text: str) -> str:
    """Return the start of the "But …" in the formula "… nghe hợp lý. Nhưng …" ("sounds reasonable. But …"), or ""."""
    match = _FORMULA.search(text)
    return match[0][2:60] if match else ""


def sentences(text: str) -> list[str]:
    """Return the sentences of ``text`` without parentheses, quotations and link targets."""
    return [sentence for sentence in _SENTENCE.split(_CITED.sub("", text)) if sentence.strip()]


def private(text: str) -> Iterator[str]:
    """Yield the distinct words in ``text`` that are authors' jargon."""
    yield from dict.fromkeys(match[0] for match in any_of("private-words", "words").finditer(text))


def calques(text: str) -> Iterator[str]:
    """Yield the distinct phrases in ``text`` that are translated word for word from another language."""
    yield from dict.fromkeys(match[0] for match in any_of("calque", "words").finditer(text))


def feedback_formula(item: Item) -> Iterator[ItemFault]:
    """Yield a fault for each piece of feedback that praises the wrong choice and then says "but".

    After ten such pieces, readers skip the rest.
    """
    for passage in _feedback(item):
        if phrase := formula(passage.text):
            yield ItemFault(passage.steps, {"words": phrase})


def long_sentence(item: Item) -> Iterator[ItemFault]:
    """Yield a fault for each sentence of feedback that is too long to say in one breath."""
    for passage in _feedback(item):
        for sentence in sentences(passage.text):
            count = len(sentence.split())
            if count > LONGEST_SENTENCE:
                yield ItemFault(passage.steps, {"count": count, "most": LONGEST_SENTENCE})


def semicolons(item: Item) -> Iterator[ItemFault]:
    """Yield a fault for each sentence of feedback with more than one semicolon."""
    for passage in _feedback(item):
        for sentence in sentences(passage.text):
            if sentence.count(";") > 1:
                yield ItemFault(passage.steps, {"words": sentence[:60]})


def abstract_nouns(item: Item) -> Iterator[ItemFault]:
    """Yield a fault for each sentence of feedback that stacks abstract nouns instead of naming an action."""
    nouns = any_of("abstract-nouns", "nouns", whole_words=True)
    for passage in _feedback(item):
        for sentence in sentences(passage.text):
            stacked = nouns.findall(sentence)
            if len(stacked) >= _ABSTRACT:
                yield ItemFault(passage.steps, {"words": ", ".join(stacked)})


def private_words(item: Item) -> Iterator[ItemFault]:
    """Yield a fault for each word of authors' jargon in text that trainees read."""
    for passage in _read(item):
        for phrase in private(passage.text):
            yield ItemFault(passage.steps, {"words": phrase})


def calque(item: Item) -> Iterator[ItemFault]:
    """Yield a fault for each phrase that is translated word for word from another language."""
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
