"""Rules of stems and options: nothing but knowledge gives the right answer away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import combinations
from statistics import mean

from buuchinh import datasets
from buuchinh.authoring.lint.item import Item, ItemFault
from buuchinh.authoring.lint.wordlists import any_of
from buuchinh.authoring.lint.wordlists import words as word_list
from buuchinh.questions import types
from buuchinh.questions.authored import AuthoredQuestion
from buuchinh.questions.offers import Offer
from buuchinh.text import fold

LONGEST_STEM = 45
"""Most syllables of a stem; what tells a story (a scenario, a form, a task for code or for a person) may take more."""
KEY_RATIO = 1.3
"""How much longer than the others, on average, what is right may be."""
_FEW = 12
"""Characters of difference that tell nobody anything: a word or two."""
_ALIKE = 0.9
_NEGATIVE = re.compile(
    r"\b(KHÔNG|NGOẠI TRỪ|TRỪ|SAI)\b|(?i:\bngoại trừ\b|\bnào\b(?: sau đây| dưới đây)?(?: là| thì)? (?:không|chưa|sai)\b)"
)
_WHOLE = re.compile(
    r"\b(?:tất cả|cả|mọi)(?: (?:hai|ba|bốn|năm|các|những))* (?:phương án|đáp án|lựa chọn|ý|câu)\b"
    r"|\bkhông (?:có )?(?:phương án|đáp án|lựa chọn|ý|câu) nào\b|\b(?:phương án|đáp án) khác\b"
    r"|\bcả [a-d] (?:và|lẫn) [a-d]\b|\b[a-d](?:, [a-d])* (?:và [a-d] )?đều (?:đúng|sai)\b",
    re.IGNORECASE,
)
_TELLS = {"khong", "chua", "cam", "truoc", "sau", "tren", "duoi", "it", "nhieu", "hon", "kem"}
"""Folded words that turn a meaning round: two options that differ in one of them are not alike."""


def negative_stem(item: Item) -> Iterator[ItemFault]:
    """The stem asks for what is not: readers miss the small word, and learn what is wrong."""
    for steps, stem in stems(item):
        found = _NEGATIVE.search(stem)
        if found:
            yield ItemFault(steps, {"words": found[0]})


def all_or_none(item: Item) -> Iterator[ItemFault]:
    """An option speaks of the other options: it is guessed by those who know half."""
    for offer in item.offers():
        for place, (_, text) in zip(offer.places, offer.options, strict=True):
            if _WHOLE.search(text):
                yield ItemFault((*place, "text"), {"text": text})


def key_longest(item: Item) -> Iterator[ItemFault]:
    """What is right stands out by its length."""
    for offer in item.offers():
        right, wrong = offer.texts(right=True), offer.texts(right=False)
        if right and wrong:
            own, others = mean(map(len, right)), mean(map(len, wrong))
            if own > KEY_RATIO * others and own - others > _FEW:
                yield ItemFault(offer.steps, {"key": round(own), "others": round(others)})


def near_duplicate(item: Item) -> Iterator[ItemFault]:
    """Two options say the same; whoever sees it strikes both out."""
    for offer in item.offers():
        for one, other in combinations(offer.options, 2):
            if alike(one[1], other[1]):
                yield ItemFault(offer.steps, {"one": one[1], "other": other[1]})


def alike(one: str, other: str) -> bool:
    """Whether two options differ in no more than spelling: not in a number and not in a word that turns the meaning."""
    first, second = (re.findall(r"\w+", fold(text)) for text in (one, other))
    if sorted(first) == sorted(second):
        return first == second or not _TELLS & set(first)
    differing = set(first) ^ set(second)
    if any(word in _TELLS or any(sign.isdigit() for sign in word) for word in differing):
        return False
    return len(differing) <= 2 and SequenceMatcher(None, " ".join(first), " ".join(second)).ratio() >= _ALIKE


def stem_length(item: Item) -> Iterator[ItemFault]:
    """The stem is longer than one reads in one go."""
    if needs_story(item.question):
        return
    count = len(item.question.stem.split())
    if count > LONGEST_STEM:
        yield ItemFault((*item.place, "stem"), {"count": count, "most": LONGEST_STEM})


def true_false(item: Item) -> Iterator[ItemFault]:
    """Two options, yes and no: half of the guesses are right."""
    pairs = [{fold(word, marks=True) for word in pair} for pair in word_list("true-false", "pairs")]
    for offer in item.offers():
        words = {fold(text, marks=True).rstrip(".") for _, text in offer.options}
        if any(words <= pair for pair in pairs):
            yield ItemFault(offer.steps)


def absolute_cue(item: Item) -> Iterator[ItemFault]:
    """A word that allows no exception stands in wrong options alone, and tells that they are wrong."""
    cues = any_of("absolute-cue", "words", whole_words=True)
    for offer in item.offers():
        if not offer.right or any(cues.search(text) for text in offer.texts(right=True)):
            continue
        found = next(filter(None, map(cues.search, offer.texts(right=False))), None)
        if found:
            yield ItemFault(offer.steps, {"words": found[0]})


def no_objective(item: Item) -> Iterator[ItemFault]:
    """A question that serves no objective measures nothing that the course promised."""
    if types.type_of(item.question).scored and not item.question.objective:
        yield ItemFault((*item.place, "id"))


def foreign_objective(item: Item) -> Iterator[ItemFault]:
    """A question serves an objective of another lesson than the one that its id names."""
    of_lesson = re.match(r"(?:l|bt|x)(\d{2})-", item.id)
    objective = item.question.objective
    if of_lesson and objective:
        lessons = {row["id"]: row["lesson"] for row in datasets.read("questions/objectives").rows}
        if lessons.get(objective, of_lesson[1]) != of_lesson[1] and of_lesson[1] in lessons.values():
            yield ItemFault((*item.place, "objective"), {"name": objective, "lesson": int(lessons[objective])})


def stems(item: Item) -> Iterator[tuple[tuple[int | str, ...], str]]:
    """Yield what is asked: the stem, the stem of each field of a form."""
    yield (*item.place, "stem"), item.question.stem
    for part, steps in types.parts(item.question):
        if steps:
            yield (*item.place, *steps, "stem"), part.stem


def needs_story(question: AuthoredQuestion) -> bool:
    """Return whether a question has to tell a story before it can ask."""
    return types.type_of(question).needs_story(question)


def longest_is_right(offer: Offer) -> bool:
    """Whether the one right option is longer than each other one."""
    (right,) = offer.texts(right=True)
    return len(right) > max(map(len, offer.texts(right=False)))


RULES = {
    "negative-stem": negative_stem,
    "all-or-none": all_or_none,
    "key-longest": key_longest,
    "near-duplicate": near_duplicate,
    "stem-length": stem_length,
    "true-false": true_false,
    "absolute-cue": absolute_cue,
    "no-objective": no_objective,
    "foreign-objective": foreign_objective,
}
