"""Keeps which codes were given and stand in no list any more, so that nobody else gets one; gives new codes.

``so-cham/so-ma-da-cap.json`` holds hashes of codes: no search for a code finds it there, and nobody reads one off. Who
has a code can ask whether it is among them. An earlier kit kept the highest number by the letters before it.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from buuchinh import codes, course
from buuchinh.errors import KitError
from buuchinh.files import read_record, write_json
from buuchinh.messages import say

FILE = "so-ma-da-cap.json"
_ERASED, _GONE = "da-xoa", "khong-con"
_LAST, _FOUR_DIGITS = 99_999, 9_999
_PREFIX = re.compile(r"[A-Z]{1,7}")


def keep_erased(code: str) -> None:
    """Note a code that is erased; ``KitError`` where the record is damaged."""
    write_json(_path(), joined(read_record(_path()), {_ERASED: [_hash(code)]}))


def kept() -> dict[str, Any]:
    """Return the record; a damaged one is as none, which only a backup mends."""
    with contextlib.suppress(KitError):
        return read_record(_path())
    return {}


def with_given(record: Mapping[str, Any], given: Iterable[str]) -> dict[str, Any]:
    """Return a record in which the codes ``given`` are noted as given, not as erased."""
    return joined(record, {_GONE: [_hash(code) for code in given]})


def joined(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """Return what two records hold together: of numbers the higher, of hashes all."""
    found: dict[str, Any] = {}
    for name in sorted({*one, *other}):
        if name in {_ERASED, _GONE}:
            found[name] = sorted(_hashes(one, name) | _hashes(other, name))
        else:
            found[name] = max(_number(one, name), _number(other, name))
    return found


def erased_among(record: Mapping[str, Any], asked: Iterable[str]) -> list[str]:
    """Return which of the codes ``asked`` a record holds as erased, sorted."""
    erased = _hashes(record, _ERASED)
    return sorted({code for code in asked if _hash(code) in erased})


def fresh(prefix: str, taken: Collection[str]) -> Iterator[str]:
    """Give new codes ``HV-0001-…`` upwards, past every one that is taken or was.

    Raises ``KitError`` for a prefix that is no letters (with a digit in it, two lists could meet in one code), where
    the record is damaged (a code given a second time would be somebody else's), and where no code is left.
    """
    letters = unicodedata.normalize("NFKC", prefix).strip().upper()
    if not _PREFIX.fullmatch(letters):
        raise KitError(say("classroom.roster.prefix", prefix=prefix[:40]))
    record = read_record(_path())
    return _fresh(letters, taken, _number(record, letters), _hashes(record, _ERASED) | _hashes(record, _GONE))


def _fresh(letters: str, taken: Collection[str], highest: int, gone: Collection[str]) -> Iterator[str]:
    if highest > _LAST:
        highest = _FOUR_DIGITS  # an office's own long number hid which of the kit's were given
    for number in range(highest + 1, _LAST + 1):
        code = codes.make(f"{letters}{number:04d}")
        if code not in taken and _hash(code) not in gone:
            yield code
    raise KitError(say("classroom.roster.no_code_left", prefix=letters))


def _hashes(record: Mapping[str, Any], name: str) -> set[str]:
    found = record.get(name)
    return {one for one in found if isinstance(one, str)} if isinstance(found, list) else set()


def _number(record: Mapping[str, Any], letters: str) -> int:
    found = record.get(letters)
    return found if isinstance(found, int) else 0


def _hash(code: str) -> str:
    return hashlib.blake2b(code.encode("ascii"), digest_size=16, key=FILE.encode("ascii")).hexdigest()


def _path() -> Path:
    return course.root() / course.OUTCOMES / FILE
