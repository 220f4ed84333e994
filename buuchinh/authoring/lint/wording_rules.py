"""Check stems and options: clear wording, and no cues that reveal the right answer."""

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
"""Maximum number of syllables in a stem, except for questions that need a story: scenarios, forms and tasks."""
KEY_RATIO = 1.3
"""Largest allowed ratio of the mean length of right options to that of wrong options."""
_FEW = 12
"""Largest difference in characters, a word or two, that is not a cue."""
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
"""Words, without tone marks, that can reverse the meaning; options that differ in one of these words are not alike."""


def negative_stem(item: Item) -> Iterator[ItemFault]:
    """Yield a fault for each negative stem, since readers overlook the small word and learn wrong statements."""
    for steps, stem in stems(item):
        match = _NEGATIVE.search(stem)
        if match:
            yield ItemFault(steps, {"words": match[0]})


def all_or_none(item: Item) -> Iterator[ItemFault]:
    """Yield a fault for each option about other options ("all of these"): partial knowledge is enough to guess it."""
    for offer in item.offers():
        for place, (_, text) in zip(offer.places, offer.options, strict=True):
            if _WHOLE.search(text):
                yield ItemFault((*place, "text"), {"text": text})


def key_longest(item: Item) -> Iterator[ItemFault]:
    """Yield a fault for each set of options in which the right options stand out by their length."""
    for offer in item.offers():
        right, wrong = offer.texts(right=True), offer.texts(right=False)
        if right and wrong:
            own, others = mean(map(len, right)), mean(map(len, wrong))
            if own > KEY_RATIO * others and own - others > _FEW:
                yield ItemFault(offer.steps, {"key": round(own), "others": round(others)})


def near_duplicate(item: Item) -> Iterator[ItemFault]:
    """Yield a fault for each pair of options with the same meaning, since readers can rule out both."""
    for offer in item.offers():
        for option, other in combinations(offer.options, 2):
            if alike(option[1], other[1]):
                yield ItemFault(offer.steps, {"one": option[1], "other": other[1]})


def alike(option: str, other: str) -> bool:
    """Whether two options share nearly all words and differ in no number and no word that reverses the meaning."""
    first, second = (re.findall(r"\w+", fold(text)) for text in (option, other))
    if sorted(first) == sorted(second):
        return first == second or not _TELLS & set(first)
    differing = set(first) ^ set(second)
    if any(word in _TELLS or any(sign.isdigit() for sign in word) for word in differing):
        return False
    return len(differing) <= 2 and SequenceMatcher(None, " ".join(first), " ".join(second)).ratio() >= _ALIKE


def stem_length(item: Item) -> Iterator[ItemFault]:
    """Yield a fault if the stem is too long to read in one go."""
    if needs_story(item.question):
        return
    count = len(item.question.stem.split())
    if count > LONGEST_STEM:
        yield ItemFault((*item.place, "stem"), {"count": count, "most": LONGEST_STEM})


def true_false(item: Item) -> Iterator[ItemFault]:
    """Yield a fault for each choice between yes and no, since half of all guesses are right."""
    pairs = [{fold(word, marks=True) for word in pair} for pair in word_list("true-false", "pairs")]
    for offer in item.offers():
        words = {fold(text, marks=True).rstrip(".") for _, text in offer.options}
        if any(words <= pair for pair in pairs):
            yield ItemFault(offer.steps)


def absolute_cue(item: Item) -> Iterator[ItemFault]:
    """Yield a fault for each choice in which only wrong options contain absolute words ("always"), which is a cue."""
    cues = any_of("absolute-cue", "words", whole_words=True)
    for offer in item.offers():
        if not offer.right or any(cues.search(text) for text in offer.texts(right=True)):
            continue
        match = next(filter(None, map(cues.search, offer.texts(right=False))), None)
        if match:
            yield ItemFault(offer.steps, {"words": match[0]})


def no_objective(item: Item) -> Iterator[ItemFault]:
    """Yield a fault if a scored question has no objective, since it measures nothing that the course promises."""
    if types.type_of(item.question).scored and not item.question.objective:
        yield ItemFault((*item.place, "id"))


def foreign_objective(item: Item) -> Iterator[ItemFault]:
    """Yield a fault if the question's objective belongs to a different lesson from the one in the question's id."""
    of_lesson = re.match(r"(?:l|bt|x)(\d{2})-", item.id)
    objective = item.question.objective
    if of_lesson and objective:
        lessons = {row["id"]: row["lesson"] for row in datasets.read("questions/objectives").rows}
        if lessons.get(objective, of_lesson[1]) != of_lesson[1] and of_lesson[1] in lessons.values():
            yield ItemFault((*item.place, "objective"), {"name": objective, "lesson": int(lessons[objective])})


def stems(item: Item) -> Iterator[tuple[tuple[int | str, ...], str]]:
    """Yield ``(steps, stem)`` for the question and each form field; ``steps`` lead to the stem in the file."""
    yield (*item.place, "stem"), item.question.stem
    for part, steps in types.parts(item.question):
        if steps:
            yield (*item.place, *steps, "stem"), part.stem


def needs_story(question: AuthoredQuestion) -> bool:
    """Whether ``question`` needs a story before it can be asked, so its stem may be long."""
    return types.type_of(question).needs_story(question)


def longest_is_right(offer: Offer) -> bool:
    """Whether the single right option is longer than every wrong option."""
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
