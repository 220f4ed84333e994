"""Stem twins: single choices whose every option is right under another stem of the same bank."""

from __future__ import annotations

from collections.abc import Sequence

from buuchinh.authoring.item_quality.choices import SingleChoice
from buuchinh.text import fold


def twins(items: Sequence[SingleChoice]) -> list[SingleChoice]:
    """Return the choices whose every wrong option is the right one of another question in the same bank.

    Only the stem tells which of the options is right.
    """
    keys: dict[str, set[str]] = {}
    for item in items:
        keys.setdefault(item.bank, set()).add(_seen(item.options[item.right]))
    return [
        item
        for item in items
        if all(_seen(text) in keys[item.bank] for place, text in enumerate(item.options) if place != item.right)
    ]


def _seen(text: str) -> str:
    return fold(text, marks=True).rstrip(".")
