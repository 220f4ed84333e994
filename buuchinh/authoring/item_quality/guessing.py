"""Guess right options without the stem, using a program that learns from other questions.

For each bank of questions, the program learns from all other banks which options are right and then guesses, like a
trainee who has practised but does not read. It scores each option by logistic regression (``logistic``) and chooses the
option with the highest score. As features, ``form`` uses only length, punctuation, digits, the first word and the word
"vì" (because); ``bag_of_words`` uses only the words.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np

from buuchinh.authoring.item_quality import logistic
from buuchinh.authoring.item_quality.choices import SingleChoice
from buuchinh.questions.likeness import words

_SIGNS = {"semicolon": ";", "comma": ",", "quote": "“", "colon": ":"}

Features = Callable[[SingleChoice, int], dict[str, float]]


def form(choice: SingleChoice, place: int) -> dict[str, float]:
    """Return features of the form of the option at ``place`` (0-based), such as its length and punctuation.

    Lengths are relative to the mean of all the item's options.
    """
    text = choice.options[place]
    lengths = [len(option) for option in choice.options]
    seen = {
        "length": lengths[place] / statistics.fmean(lengths),
        "longest": float(lengths[place] == max(lengths)),
        "shortest": float(lengths[place] == min(lengths)),
        "words": len(text.split()) / statistics.fmean(len(option.split()) for option in choice.options),
        "digits": float(bool(re.search(r"\d", text))),
        "reason": float("vì" in words(text)),
        f"first:{text.split()[0].lower()}": 1.0,
    }
    return seen | {name: float(text.count(sign)) for name, sign in _SIGNS.items()}


def bag_of_words(choice: SingleChoice, place: int) -> dict[str, float]:
    """Return the words and adjacent word pairs of the option at ``place`` (0-based), each with the value 1."""
    single = [word.strip(".,;:“”\"'()?!").lower() for word in choice.options[place].split()]
    pairs = [f"{first} {second}" for first, second in pairwise(single)]
    return dict.fromkeys([*single, *pairs], 1.0)


def guesses(items: Sequence[SingleChoice], others: Sequence[SingleChoice], features: Features) -> list[bool]:
    """Return, for each of ``items``, whether the program guesses its right option after learning from all other banks.

    ``others`` are used only for learning.
    """
    everything = [*items, *others]
    hits: dict[str, bool] = {}
    for name in dict.fromkeys(item.bank for item in items):
        known = [item for item in everything if item.bank != name]
        asked = [item for item in items if item.bank == name]
        hits |= {item.id: hit for item, hit in zip(asked, _hits(known, asked, features), strict=True)}
    return [hits[item.id] for item in items]


def _hits(known: Sequence[SingleChoice], asked: Sequence[SingleChoice], features: Features) -> list[bool]:
    right = [place == item.right for item in known for place in range(len(item.options))]
    if not any(right):
        return [False] * len(asked)
    learned = _rows(known, features)
    names = {name: column for column, name in enumerate(dict.fromkeys(name for row in learned for name in row))}
    weights = logistic.fit(logistic.sparse_matrix(learned, names), right)
    scores = logistic.sparse_matrix(_rows(asked, features), names).times(weights)
    ends = np.cumsum([len(item.options) for item in asked])
    return [
        int(np.argmax(option_scores)) == item.right
        for item, option_scores in zip(asked, np.split(scores, ends[:-1]), strict=True)
    ]


def _rows(items: Sequence[SingleChoice], features: Features) -> list[dict[str, float]]:
    return [features(item, place) for item in items for place in range(len(item.options))]
