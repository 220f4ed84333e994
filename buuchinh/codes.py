"""Trainees' codes: short, without a name in them, and with a check character that catches slips of typing.

A code is 4 to 12 letters or digits and one check character (ISO 7064, MOD 37,36, which
finds every single wrong character and all but very few swaps of two neighbours). Its canonical
form, ``GL-0123-Q``, is a function of these characters alone: leading letters, the rest
in fours, the check character. It serves as folder name and as nbgrader's student id.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from stdnum.iso7064 import mod_37_36

from buuchinh.errors import KitError
from buuchinh.messages import say

_BODY = re.compile(r"(?P<letters>[A-Z]*+)(?P<rest>[0-9A-Z]*+)")
_ENDLESS = re.compile(r"[A-Z]+[0-9]+")
"""Letters and a number, as most codes are before their check character."""
BETWEEN = "-‐‑‒–—−_./·"
"""What people put between the signs of a code, besides spaces."""
_BETWEEN = re.compile(rf"[\s{re.escape(BETWEEN)}]+")
SHORTEST, LONGEST = 4, 12
_SHAPED = re.compile(rf"[0-9A-Z]{{{SHORTEST + 1},{LONGEST + 1}}}")
"""A code without what stands between its signs."""


def make(body: str) -> str:
    """Return the code whose characters before the check character are ``body``; ``KitError`` for a bad shape."""
    plain = _plain(body)
    if not _SHAPED.fullmatch(f"{plain}0"):  # with any check character
        raise _bad_shape(body)
    return _grouped(plain) + "-" + mod_37_36.calc_check_digit(plain)


def normalise(typed: str) -> str:
    """Return the canonical form of a typed code, which may have small letters, spaces and no hyphens.

    Raises ``KitError`` where the shape or the check character is wrong. No other code is suggested to a trainee: a near
    one may be a colleague's.
    """
    plain = _plain(typed)
    if not _SHAPED.fullmatch(plain) or not mod_37_36.is_valid(plain):
        if plain.isalpha() and len(plain) > SHORTEST:
            raise KitError(say("course.codes.a_name", typed=_shown(typed)))
        if not _SHAPED.fullmatch(plain):
            raise _bad_shape(typed)
        if _ENDLESS.fullmatch(plain):
            raise KitError(say("course.codes.end_missing", typed=_shown(typed)))
        raise KitError(say("course.codes.check_fails", typed=_shown(typed)))
    return _grouped(plain[:-1]) + "-" + plain[-1]


def valid(typed: str) -> bool:
    """Whether ``typed`` is a code, however it is spaced."""
    try:
        normalise(typed)
    except KitError:
        return False
    return True


def near_codes(typed: str, known: Iterable[str]) -> list[str]:
    """Return the codes that differ from a mistyped one in one character, as a hint that is never applied."""
    plain = _plain(typed)
    return sorted(
        code
        for code in known
        if len(other := _plain(code)) == len(plain) and sum(a != b for a, b in zip(plain, other, strict=True)) == 1
    )


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
