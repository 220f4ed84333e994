"""Check spelling: abbreviations are explained, spaces are single, and tone marks are placed consistently."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from buuchinh import datasets
from buuchinh.authoring.lint.item import Item, ItemFault
from buuchinh.authoring.lint.wordlists import words as word_list

_QUOTED = re.compile(r"“[^”]*”")
_DOUBLE = re.compile(r"\S {2,}\S")
_NEW_TONE = re.compile(r"\b\w*(?:o[àáảãạèéẻẽẹ]|(?<!q)u[ỳýỷỹỵ])\b", re.IGNORECASE)
_NUMBER_OF_DOCUMENT = re.compile(r"\b\d+(?:/\d{4})?/[\wĐ&]+(?:-[\wĐ&]+)*")
_UNREAD = re.compile(r"`[^`]*`|\]\([^)]*\)|https?://\S+|<!--.*?-->|<[^>]+>|\$[^$]*\$", re.DOTALL)
_CAPITALS = re.compile(r"(?<![\w/&-])[A-ZĐ]{2,}(?:[&-][A-ZĐ]{1,})*\d?(?![\w&]|-\d)")
_SHOUTED = re.compile(r"[^\W\d_]+(?:\s+[^\W\d_]+)+")
_ROMAN = re.compile(r"[IVXLC]+")


def unexplained(text: str) -> list[str]:
    """Return the abbreviations in ``text`` that the glossary does not explain.

    Document numbers, Roman numerals, code and words in capitals do not count as abbreviations.
    """
    text = _NUMBER_OF_DOCUMENT.sub(" ", _UNREAD.sub(" ", text))
    for run in _SHOUTED.findall(text):
        if run.isupper() and any(_marked(sign) for sign in run):
            text = text.replace(run, " ")
    names = dict.fromkeys(_CAPITALS.findall(text))
    known = datasets.made_of(_explained, "glossary") if names else frozenset[str]()
    return [name for name in names if name not in known and not _ROMAN.fullmatch(name)]


def double_spaces(text: str) -> str:
    """Return the first double space between words with the characters on either side, or "" if there is none."""
    match = _DOUBLE.search(text)
    return match[0] if match else ""


def misplaced_tone(text: str) -> str:
    """Return the first word whose tone mark is on the wrong vowel (``hoà`` for ``hòa``), or "" if there is none.

    Quotations are skipped because legal documents have their own spelling.
    """
    match = _NEW_TONE.search(_QUOTED.sub("", text))
    return match[0] if match else ""


def abbreviation(item: Item) -> Iterator[ItemFault]:
    """Yield a fault for each abbreviation that the glossary does not explain."""
    for passage in item.texts:
        for name in unexplained(passage.text):
            yield ItemFault(passage.steps, {"words": name})


def double_space(item: Item) -> Iterator[ItemFault]:
    """Yield a fault for each passage with a double space between words."""
    for passage in item.texts:
        words = double_spaces(passage.text)
        if words:
            yield ItemFault(passage.steps, {"words": words})


def tone_place(item: Item) -> Iterator[ItemFault]:
    """Yield a fault for each passage with a misplaced tone mark, since a search for one spelling misses the other."""
    for passage in item.texts:
        words = misplaced_tone(passage.text)
        if words:
            yield ItemFault(passage.steps, {"words": words})


def _marked(sign: str) -> bool:
    return sign != "Đ" and len(unicodedata.normalize("NFD", sign)) > 1


def _explained() -> frozenset[str]:
    words: set[str] = set(word_list("abbreviation", "everyday"))
    for row in datasets.read("glossary").rows:
        for name in ("term", "full_form"):
            words |= set(_CAPITALS.findall(row[name] or ""))
    return frozenset(words)


RULES = {"abbreviation": abbreviation, "double-space": double_space, "tone-place": tone_place}
