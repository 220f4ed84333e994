"""Read the word lists and patterns of lint rules from ``words.toml`` beside this module."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


def words(rule: str, name: str) -> list[Any]:
    """Return the list called ``name`` that belongs to ``rule``."""
    entries: list[Any] = _tables()[rule][name]
    return entries


@cache
def any_of(rule: str, name: str, *, whole_words: bool = False) -> re.Pattern[str]:
    """Return a case-insensitive pattern that matches any entry in the list called ``name`` that belongs to ``rule``.

    With ``whole_words``, the pattern matches only if no letter, digit or underscore adjoins. If the list is empty, the
    pattern matches nothing.
    """
    pattern = "|".join(words(rule, name)) or "(?!)"
    return re.compile(rf"\b(?:{pattern})\b" if whole_words else pattern, re.IGNORECASE)


@cache
def _tables() -> dict[str, dict[str, list[Any]]]:
    return tomllib.loads(files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))
