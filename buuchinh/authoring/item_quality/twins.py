"""Find stem twins: single-choice questions whose every option is right under some stem of the same bank."""

from __future__ import annotations

from collections.abc import Sequence

from buuchinh.authoring.item_quality.choices import SingleChoice
from buuchinh.text import fold


def twins(items: Sequence[SingleChoice]) -> list[SingleChoice]:
    """Return the questions whose wrong options are all right options of other questions in the same bank.

    For these questions, only the stem shows which option is right.
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
