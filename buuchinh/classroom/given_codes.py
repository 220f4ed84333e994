"""Create trainees' codes, and record issued codes that are no longer in any list, so that no code is issued twice.

``so-cham/so-ma-da-cap.json`` contains only hashes: a given code can be checked against the hashes, but no code can be
read from the file or found by searching it. Earlier versions of this package stored the highest number for each prefix.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from buuchinh import codes, course
from buuchinh.errors import KitError
from buuchinh.files import read_record, sound_record, write_json
from buuchinh.messages import say

FILE = "so-ma-da-cap.json"
_ERASED, _GONE = "da-xoa", "khong-con"
_LAST, _FOUR_DIGITS = 99_999, 9_999
_PREFIX = re.compile(r"[A-Z]{1,7}")


def keep_erased(code: str) -> None:
    """Record that a code and its trainee's data were erased; raise ``KitError`` if the record is damaged."""
    write_json(course.outcome_path(FILE), joined(read_record(course.outcome_path(FILE)), {_ERASED: [_hash(code)]}))


def stored() -> dict[str, Any]:
    """Return the record of issued codes, or {} if the file is damaged (only a backup can then restore it)."""
    return sound_record(course.outcome_path(FILE))


def with_issued(record: Mapping[str, Any], issued: Iterable[str]) -> dict[str, Any]:
    """Return a copy of ``record`` with the codes ``issued`` added, marked as issued but not as erased."""
    return joined(record, {_GONE: [_hash(code) for code in issued]})


def joined(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Any]:
    """Return a record that merges two: the hashes in either, and the higher number for each prefix."""
    record: dict[str, Any] = {}
    for name in sorted({*first, *second}):
        if name in {_ERASED, _GONE}:
            record[name] = sorted(_hashes(first, name) | _hashes(second, name))
        else:
            record[name] = max(_number(first, name), _number(second, name))
    return record


def erased_among(record: Mapping[str, Any], asked: Iterable[str]) -> list[str]:
    """Return the sorted codes in ``asked`` that ``record`` lists as erased."""
    erased = _hashes(record, _ERASED)
    return sorted({code for code in asked if _hash(code) in erased})


def fresh(prefix: str, taken: Collection[str]) -> Iterator[str]:
    """Yield new codes in ascending order, such as ``HV-0001-…``, skipping all codes that are or were in use.

    ``taken`` holds the codes in use. Raise ``KitError`` if the prefix is not one to seven letters (with a digit, two
    lists could produce the same code), if the record is damaged (a code could be issued twice), or if no code is left.
    """
    letters = unicodedata.normalize("NFKC", prefix).strip().upper()
    if not _PREFIX.fullmatch(letters):
        raise KitError(say("classroom.roster.prefix", prefix=prefix[:40]))
    record = read_record(course.outcome_path(FILE))
    return _fresh(letters, taken, _number(record, letters), _hashes(record, _ERASED) | _hashes(record, _GONE))


def _fresh(letters: str, taken: Collection[str], highest: int, gone: Collection[str]) -> Iterator[str]:
    if highest > _LAST:
        highest = _FOUR_DIGITS  # a longer number issued by an office was stored instead of the kit's highest
    for number in range(highest + 1, _LAST + 1):
        code = codes.make(f"{letters}{number:04d}")
        if code not in taken and _hash(code) not in gone:
            yield code
    raise KitError(say("classroom.roster.no_code_left", prefix=letters))


def _hashes(record: Mapping[str, Any], name: str) -> set[str]:
    stored = record.get(name)
    return {value for value in stored if isinstance(value, str)} if isinstance(stored, list) else set()


def _number(record: Mapping[str, Any], letters: str) -> int:
    stored = record.get(letters)
    return stored if isinstance(stored, int) else 0


def _hash(code: str) -> str:
    return hashlib.blake2b(code.encode("ascii"), digest_size=16, key=FILE.encode("ascii")).hexdigest()
