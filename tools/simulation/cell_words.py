"""Words in the cells of the simulated table, from ``words.toml`` beside this module; stages as in the explorers."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from buuchinh.notebook.incident_counts import stages


def word(column: str, key: str) -> str:
    """Return the words of a cell of ``column`` (item, stage, action, channel) for a key of the generator."""
    return column_words(column)[key]


def column_words(column: str) -> Mapping[str, str]:
    """Return every word of ``item``, ``stage``, ``action`` or ``channel`` by its key in the generator."""
    words: Mapping[str, str] = _words()[column]
    return words


def mark() -> str:
    """Return the words of the last cell of every row: that the row is simulated."""
    return str(_words()["mark"])


def with_kind_of_unit(province: str) -> str:
    """Return a province with the kind of unit before its name: Tỉnh Gia Lai, TP. Hà Nội."""
    words = _words()
    kind = "city" if province in words["cities"] else "province"
    return str(words["units_before_a_name"][kind]).format(name=province)


@cache
def _words() -> Mapping[str, Any]:
    return tomllib.loads(files(__package__).joinpath("words.toml").read_text(encoding="utf-8")) | {"stage": stages()}
