"""Check that no quotation of the law stops just before an exception that the surrounding text does not mention."""

from __future__ import annotations

import re
from collections.abc import Iterator

from buuchinh import datasets, law
from buuchinh.authoring.lint.item import Item, ItemFault

_QUOTED = re.compile("“([^”]+)”")
_EXCEPTION_FOLLOWS = re.compile(r"[^.;]{0,100}?\btrừ\b")
_SPOKEN_OF = re.compile(r"\btrừ\b|\bngoại lệ\b", re.IGNORECASE)
_SHORTEST = 12
"""Minimum number of characters in a quotation to be checked; shorter ones are names of things."""


def quote_exception(item: Item) -> Iterator[ItemFault]:
    """Yield a fault for each quotation of the law cut off before "trừ …" (except), if no exception is mentioned."""
    for passage in item.texts:
        for words in cut_before_exception(passage.text):
            yield ItemFault(passage.steps, {"words": words})


def cut_before_exception(text: str) -> Iterator[str]:
    """Yield each quotation that continues with an exception in the provision, unless ``text`` mentions an exception."""
    if _SPOKEN_OF.search(text):
        return
    for quoted in _QUOTED.findall(text):
        piece = _plain(quoted).strip(" .,;:…")
        if len(piece) >= _SHORTEST and any(_EXCEPTION_FOLLOWS.match(rest) for rest in _after(piece)):
            yield quoted


def _after(piece: str) -> Iterator[str]:
    """Yield the remainder of each provision that contains ``piece``, starting after ``piece``."""
    for quote in datasets.made_of(_quotes, "law/documents", "law/provisions"):
        _, match, rest = quote.partition(piece)
        if match:
            yield rest


def _quotes() -> tuple[str, ...]:
    periods = (period for known in law.all_provisions().values() for period in known)
    return tuple(quote for period in periods if "trừ" in (quote := _plain(period.quote or "")))


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


RULES = {"quote-exception": quote_exception}
