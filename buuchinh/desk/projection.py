"""Remove people's names from every screen while the desk is projected (“Chiếu”), whatever page asks.

The switch is a file, ``.jupyter/chieu.json``, so that names do not come back in front of a class when the server is
started again or a backup is restored.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from buuchinh import course
from buuchinh.files import write_json
from buuchinh.personal_data.by_name import OwnNames
from buuchinh.personal_data.names import Names
from buuchinh.text import fold, nfc, visible

FILE = "chieu.json"
T = TypeVar("T")
_WORD = re.compile(r"[^\W\d_]+")
_HIDDEN = "…"
_fold = lru_cache(maxsize=10_000)(fold)


def on() -> bool:
    """Return whether names are removed from the screens now."""
    return _path().exists()


def switch(*, to: bool) -> None:
    """Switch projection on or off."""
    if to:
        write_json(_path(), {"on": True})
    else:
        _path().unlink(missing_ok=True)


def names_to_show() -> Names:
    """Return the class's names with offices, or the offices alone while the desk is projected."""
    people = Names.read()
    return Names(replace(one, name="") for one in people) if on() else people


def labels(_: object = None) -> dict[str, str]:
    """Map codes to names with offices, or to offices while the desk is projected; the argument is for templates."""
    return {one.code: one.label for one in names_to_show()}


def without_names(payload: Any) -> Any:
    """Return ``payload`` with each name of the class taken out of its texts, such as the names of refused files."""
    return _blanked(payload, _HiddenNames(one.name for one in Names.read()))


def shown(payload: T) -> T:
    """Return ``payload``, without names while the desk is projected."""
    found: T = without_names(payload) if on() else payload
    return found


def file_name(name: str) -> str:
    """Return a file's name without signs that turn it round and, while the desk is projected, without names.

    Names of a single word are taken out too, which would be ordinary words in a sentence.
    """
    name = nfc(visible(name))
    return _HiddenNames((one.name for one in Names.read()), single=True).blanked(name) if on() else name


class _HiddenNames:
    """The names of the class as a text may have them: with other signs between their words, or in another order.

    Names of one word are among them only if ``single`` is True.
    """

    def __init__(self, names: Iterable[str], *, single: bool = False) -> None:
        known = list(names)
        self._as_listed = OwnNames(known)
        words = (tuple(sorted(map(_fold, _WORD.findall(nfc(name))))) for name in known)
        self._any_order = {one for one in words if len(one) > 1 or (single and len("".join(one)) > 1)}
        self._words = {word for one in self._any_order for word in one}
        self._lengths = sorted({len(one) for one in self._any_order}, reverse=True)

    def blanked(self, text: str) -> str:
        """Return ``text`` with a sign in place of each name, or ``text`` itself if it has none."""
        rest = self._as_listed.blanked(text, _HIDDEN)
        text = nfc(rest)
        found = list(_WORD.finditer(text))
        folded = [_fold(one[0]) for one in found]
        pieces: list[str] = []
        end = at = 0
        while at < len(found):
            length = self._length_at(folded, at)
            if length:
                pieces += [text[end : found[at].start()], _HIDDEN]
                end = found[at + length - 1].end()
            at += length or 1
        return "".join((*pieces, text[end:])) if pieces else rest

    def _length_at(self, folded: list[str], at: int) -> int:
        """Return how many words from ``at`` on are a name, or 0."""
        if folded[at] not in self._words:
            return 0
        return next((n for n in self._lengths if tuple(sorted(folded[at : at + n])) in self._any_order), 0)


def _blanked(value: Any, names: _HiddenNames) -> Any:
    if isinstance(value, str):
        return names.blanked(value)
    if isinstance(value, dict):
        return {key: _blanked(inner, names) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_blanked(inner, names) for inner in value]
    return value


def _path() -> Path:
    return course.root() / course.JUPYTER / FILE
