"""Record of issued codes that are no longer in a list, so that none is issued twice; source of new codes.

``so-cham/so-ma-da-cap.json`` contains hashes, so codes can neither be read from it nor found by a search. A given
code can be checked against them. Earlier versions of the kit stored the highest number by the letters before it.
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
    """Record an erased code; ``KitError`` where the record is damaged."""
    write_json(_path(), joined(read_record(_path()), {_ERASED: [_hash(code)]}))


def stored() -> dict[str, Any]:
    """Return the record; empty where the file is damaged, which only a backup repairs."""
    with contextlib.suppress(KitError):
        return read_record(_path())
    return {}


def with_issued(record: Mapping[str, Any], issued: Iterable[str]) -> dict[str, Any]:
    """Return a record to which the codes ``issued`` were added, as issued and not as erased."""
    return joined(record, {_GONE: [_hash(code) for code in issued]})


def joined(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Any]:
    """Return the union of two records: the higher of two numbers, and all hashes."""
    record: dict[str, Any] = {}
    for name in sorted({*first, *second}):
        if name in {_ERASED, _GONE}:
            record[name] = sorted(_hashes(first, name) | _hashes(second, name))
        else:
            record[name] = max(_number(first, name), _number(second, name))
    return record


def erased_among(record: Mapping[str, Any], asked: Iterable[str]) -> list[str]:
    """Return those of the codes ``asked`` that a record contains as erased, sorted."""
    erased = _hashes(record, _ERASED)
    return sorted({code for code in asked if _hash(code) in erased})


def fresh(prefix: str, taken: Collection[str]) -> Iterator[str]:
    """Yield new codes ``HV-0001-…`` upwards, without any that is or was in use.

    Raises ``KitError`` for a prefix that is not all letters (with a digit, two lists could produce the same code),
    where the record is damaged (a code could be issued twice), and where no code is left.
    """
    letters = unicodedata.normalize("NFKC", prefix).strip().upper()
    if not _PREFIX.fullmatch(letters):
        raise KitError(say("classroom.roster.prefix", prefix=prefix[:40]))
    record = read_record(_path())
    return _fresh(letters, taken, _number(record, letters), _hashes(record, _ERASED) | _hashes(record, _GONE))


def _fresh(letters: str, taken: Collection[str], highest: int, gone: Collection[str]) -> Iterator[str]:
    if highest > _LAST:
        highest = _FOUR_DIGITS  # an office's own long number hid the highest one of the kit
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


def _path() -> Path:
    return course.root() / course.OUTCOMES / FILE
