"""Look up the words in the cells of the simulated table, from ``words.toml`` beside this module.

The names of stages are those that the explorers in notebooks use.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from buuchinh.notebook.incident_counts import stages


def word(column: str, key: str) -> str:
    """Return the words for a generator key in ``column`` ("item", "stage", "action" or "channel")."""
    return column_words(column)[key]


def column_words(column: str) -> Mapping[str, str]:
    """Return the words of ``column`` ("item", "stage", "action" or "channel") by their generator keys."""
    words: Mapping[str, str] = _words()[column]
    return words


def mark() -> str:
    """Return the text of the last cell of every row, which says that the row is simulated."""
    return str(_words()["mark"])


def with_kind_of_unit(province: str) -> str:
    """Return a province's name preceded by its kind of unit: Tỉnh Gia Lai, TP. Hà Nội."""
    words = _words()
    kind = "city" if province in words["cities"] else "province"
    return str(words["units_before_a_name"][kind]).format(name=province)


@cache
def _words() -> Mapping[str, Any]:
    return tomllib.loads(files(__package__).joinpath("words.toml").read_text(encoding="utf-8")) | {"stage": stages()}
