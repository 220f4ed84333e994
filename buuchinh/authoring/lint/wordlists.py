"""Word lists and patterns of the rules, from ``words.toml`` beside this module."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


def words(rule: str, name: str) -> list[Any]:
    """Return the list ``name`` of a rule."""
    entries: list[Any] = _tables()[rule][name]
    return entries


@cache
def any_of(rule: str, name: str, *, whole_words: bool = False) -> re.Pattern[str]:
    """Return a pattern for any entry of a rule's list, in any case.

    ``whole_words``: only where no letter or digit adjoins.
    """
    pattern = "|".join(words(rule, name)) or "(?!)"
    return re.compile(rf"\b(?:{pattern})\b" if whole_words else pattern, re.IGNORECASE)


@cache
def _tables() -> dict[str, dict[str, list[Any]]]:
    return tomllib.loads(files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))
