"""Take people's names out of texts, however a text has them: in another order, in other letters that look the same.

A name of one word, such as Hoa, may also be an ordinary word. It is taken out of a text where it stands as a whole word
with a capital letter and the tone mark that the class list gives it, and is no part of an office or a code: “hoa hồng”
stays, and “Hoa hồng” becomes “… hồng”, since a word too few costs less than a name. In small letters, or typed without
its marks, such a name stays in a text; a file's name loses it in any spelling.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from buuchinh.personal_data.by_name import OwnNames
from buuchinh.personal_data.names import Person
from buuchinh.text import as_seen, fold, nfc

SIGN = "…"
"""The sign in place of a name."""
_WORD = re.compile("[^\\W\\d_](?:[^\\W\\d_]|[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff])*")
"""Pattern for a word, with marks and unseen signs that may stand within it."""
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_CYRILLIC = str.maketrans(
    "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425\u0406\u0408\u0405\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u04bb\u0501\u051b\u051d",
    "ABEKMHOPCTYXIJSaeopcyxijshdqw",
)
_GREEK = str.maketrans(
    "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03b1\u03b9\u03bd\u03bf\u03c1\u03c5",
    "ABEZHIKMNOPTYXaivopu",
)
_LATIN = str.maketrans("\u00d0\u0189\u00f0\u0256\u0131\u0251\u0261", "ĐĐđđiag")
_UNSEEN = dict.fromkeys((0x200C, 0x200D))
_ALIKE = _CYRILLIC | _GREEK | _LATIN | _UNSEEN
"""Letters that look like a letter of Vietnamese names in most typefaces; those that only resemble one are not here."""


class HiddenNames:
    """The names of people, to be taken out of texts or, with ``of_file``, out of a file's name."""

    def __init__(self, people: Iterable[Person], *, of_file: bool = False) -> None:
        known = [one for one in people if one.name]
        self._as_listed = OwnNames(one.name for one in known)
        words = [_WORD.findall(nfc(one.name)) for one in known]
        short = {one[0] for one in words if len(one) == 1 and len(one[0]) > 1}
        self._any_order = {tuple(sorted(map(_folded, one))) for one in words if len(one) > 1}
        if of_file:
            self._any_order |= {(_folded(one),) for one in short}
        self._words = {word for one in self._any_order for word in one}
        self._lengths = sorted({len(one) for one in self._any_order}, reverse=True)
        self._alone = {_spelled(one) for one in short}
        stays = {nfc(text) for one in known for text in (one.office, one.code) if self._has_one_within(text)}
        longest_first = (rf"\b{re.escape(text)}(?!\w)" for text in sorted(stays, key=len, reverse=True))
        self._office_or_word = re.compile("|".join((*longest_first, f"(?P<word>{_WORD.pattern})")))

    def blanked(self, text: str) -> str:
        """Return ``text`` with a sign in place of each name, or ``text`` itself if it has none."""
        rest = self._as_listed.blanked(text, SIGN)
        text = nfc(rest)
        found = list(_WORD.finditer(text))
        folded = [_folded(one[0]) for one in found]
        pieces: list[str] = []
        end = at = 0
        while at < len(found):
            length = self._length_at(folded, at)
            if length:
                pieces += [text[end : found[at].start()], SIGN]
                end = found[at + length - 1].end()
            at += length or 1
        rest = "".join((*pieces, text[end:])) if pieces else rest
        return self._alone_blanked(rest) if self._alone else rest

    def _length_at(self, folded: list[str], at: int) -> int:
        """Return how many words from ``at`` on are a name, or 0."""
        if folded[at] not in self._words:
            return 0
        return next((n for n in self._lengths if tuple(sorted(folded[at : at + n])) in self._any_order), 0)

    def _has_one_within(self, text: str) -> bool:
        """Return whether a name of one word is a part of ``text``, but not all of it."""
        return _spelled(text) not in self._alone and any(_spelled(word) in self._alone for word in _WORD.findall(text))

    def _alone_blanked(self, text: str) -> str:
        """Return ``text`` without names of one word, or ``text`` itself if it has none."""
        composed = nfc(text)
        blanked = self._office_or_word.sub(self._without, composed)
        return text if blanked == composed else blanked

    def _without(self, found: re.Match[str]) -> str:
        """Return what stands in place of an office, a code or a word."""
        word = found["word"]
        return SIGN if word and _plain(word)[:1].isupper() and _spelled(word) in self._alone else found[0]


def _plain(word: str) -> str:
    """Return ``word`` in the letters that it looks like, without unseen signs."""
    return nfc(unicodedata.normalize("NFKD", as_seen(word)).translate(_ALIKE))


@lru_cache(maxsize=10_000)
def _folded(word: str) -> str:
    return fold(_plain(word))


@lru_cache(maxsize=10_000)
def _spelled(word: str) -> str:
    """Return a word in small letters with its tone mark last, since both “Hòa” and “Hoà” are written."""
    return "".join(sorted(unicodedata.normalize("NFD", _plain(word).lower()), key=_TONES.__contains__))
