"""Create and validate trainee codes, the short pseudonyms that stand for trainees' names.

A code consists of 4 to 12 letters or digits and one check character (ISO 7064, MOD 37,36, which detects every single
wrong character and nearly all swaps of two neighbours). Its canonical form, such as ``GL-0123-Q``, depends on these
characters alone: leading letters, the rest in groups of four, and the check character, joined by hyphens. The canonical
form serves as a folder name and as nbgrader's student ID.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from stdnum.iso7064 import mod_37_36

from buuchinh.errors import KitError
from buuchinh.messages import say

_BODY = re.compile(r"(?P<letters>[A-Z]*+)(?P<rest>[0-9A-Z]*+)")
_ENDLESS = re.compile(r"[A-Z]+(?!(?:[0-9]{4})+[0-9]\Z)[0-9]+")
"""Pattern for letters followed by digits, which is how most codes look without the check character.

One digit after groups of four is the place of that character, so it was typed and is wrong.
"""
BETWEEN = "-‐‑‒–—−_./·"
"""Characters that people put between the characters of a code, in addition to spaces."""
_BETWEEN = re.compile(rf"[\s{re.escape(BETWEEN)}]+")
SHORTEST, LONGEST = 4, 12
_SHAPED = re.compile(rf"[0-9A-Z]{{{SHORTEST + 1},{LONGEST + 1}}}")
"""Pattern for a code without separators."""


def make(body: str) -> str:
    """Return the code whose characters before the check character are ``body``.

    Raise ``KitError`` if ``body`` is malformed.
    """
    plain = _plain(body)
    if not _SHAPED.fullmatch(f"{plain}0"):  # with any check character
        raise _bad_shape(body)
    return _grouped(plain) + "-" + mod_37_36.calc_check_digit(plain)


def normalise(typed: str) -> str:
    """Return the canonical form of a typed code; lower case, spaces and missing hyphens are accepted.

    Raise ``KitError`` if the form or the check character is wrong. The error never suggests another code, because a
    similar code may be a colleague's.
    """
    plain = _plain(typed)
    if not _SHAPED.fullmatch(plain) or not mod_37_36.is_valid(plain):
        if plain.isalpha() and len(plain) > SHORTEST:
            raise KitError(say("course.codes.a_name", typed=_shown(typed)))
        if not _SHAPED.fullmatch(plain):
            raise _bad_shape(typed)
        if _ENDLESS.fullmatch(plain) and not _last_is_separate(typed):
            raise KitError(say("course.codes.end_missing", typed=_shown(typed)))
        raise KitError(say("course.codes.check_fails", typed=_shown(typed)))
    return _grouped(plain[:-1]) + "-" + plain[-1]


def valid(typed: str) -> bool:
    """Return whether ``typed`` is a valid code, regardless of case and separators."""
    try:
        normalise(typed)
    except KitError:
        return False
    return True


def near_codes(typed: str, known: Iterable[str]) -> list[str]:
    """Return the ``known`` codes that differ from a mistyped code in exactly one character; use them only as a hint."""
    plain = _plain(typed)
    return sorted(
        code
        for code in known
        if len(other := _plain(code)) == len(plain) and sum(a != b for a, b in zip(plain, other, strict=True)) == 1
    )


def _last_is_separate(typed: str) -> bool:
    """Return whether the last character was typed apart from the others, as a check character is."""
    pieces = [piece for piece in _BETWEEN.split(unicodedata.normalize("NFKC", typed).strip("\ufeff")) if piece]
    return len(pieces) > 1 and len(pieces[-1]) == 1


def _plain(typed: str) -> str:
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", typed)).strip("\ufeff").upper()


def _bad_shape(typed: str) -> KitError:
    return KitError(say("course.codes.bad_shape", typed=_shown(typed), shortest=SHORTEST, longest=LONGEST))


def _grouped(body: str) -> str:
    match = _BODY.fullmatch(body)
    assert match, body
    rest = match["rest"]
    groups = [match["letters"], *(rest[start : start + 4] for start in range(0, len(rest), 4))]
    return "-".join(group for group in groups if group)


def _shown(typed: str) -> str:
    return " ".join(typed.split())[:40]
