"""Decode the names of submitted files, make them storable on every system, and find trainee codes and units in them."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from pathlib import PurePosixPath

from buuchinh import codes, course
from buuchinh.text import nfc

_UNIT = re.compile(course.GRADED)
_CODE_LIKE = re.compile(r"(?=.*\d)(?=.*[A-Za-z])[0-9A-Za-z.\-]+")
_ENDINGS = re.compile(r"(?i)(\.(ipynb|jsonl?|zip|txt|download|bak|rar|7z|gz|tar|html?|mht|pdf|docx?|py|md)){1,6}$")
"""File extensions at the end of a name.

At most six are matched, because a name made only of extensions would otherwise take quadratic time.
"""
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")
_ILLEGAL = re.compile(r'[/\\<>:"|?*\x00-\x1f\x7f]|[\ud800-\udfff]')
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_LONGEST = 200
"""Maximum length of a name in UTF-8 bytes; Linux allows 255, and names of temporary files are 20 bytes longer."""


def safe(name: str, taken: Container[str] = ()) -> str:
    """Return ``name`` in a form that every system can store, different from all names in ``taken``.

    The result is in Unicode form NFC, does not end in a dot or a space, and contains no character or word (such as CON
    or NUL) reserved by Windows.
    """
    plain = _ILLEGAL.sub("_", nfc(name)).rstrip(". ")[-120:]
    plain = plain.encode()[-_LONGEST:].decode(errors="ignore") or "_"
    if _RESERVED.match(plain):
        plain = f"_{plain}"
    free, number = plain, 2
    while free in taken:
        path = PurePosixPath(plain)
        free = f"{path.stem} ({number}){path.suffix}"
        number += 1
    return free


def entry_name(raw: str, flags: int) -> str:
    """Return the name of a zip entry, corrected if Python wrongly decoded it as cp437.

    Python decodes every name as cp437 unless ``flags``, the entry's flag bits, declare it to be UTF-8. Undeclared names
    are usually in UTF-8 or Windows-1258.
    """
    if flags & 0x800 or raw.isascii():
        return raw
    try:
        data = raw.encode("cp437")
    except UnicodeEncodeError:
        return raw
    for encoding in ("utf-8", "cp1258"):
        try:
            return nfc(data.decode(encoding))
        except UnicodeDecodeError:
            continue
    return raw


def disk_name(raw: str) -> str:
    """Return a name or path from disk as text that can be displayed and stored; use ``raw`` to open the file.

    Linux allows any bytes in a name. Python represents bytes that are not UTF-8 as lone surrogates.
    """
    if not _SURROGATES.search(raw):
        return raw
    try:
        data = raw.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # names on Windows may contain lone surrogates
        return _SURROGATES.sub("\ufffd", raw)
    try:
        return nfc(data.decode("cp1258"))
    except UnicodeDecodeError:
        return data.decode("utf-8", "replace")


def storable_name(raw: str) -> str:
    """Return the name under which to store an original: its own, or a safe name if that cannot be displayed."""
    return raw if disk_name(raw) == raw else safe(disk_name(raw))


def codes_in(path: Sequence[str]) -> list[str]:
    """Return the trainee codes in the names of a file and its folders, as in ``bt02_GL-0123-Q_20261125-100000.zip``.

    Codes from the innermost name come first. Only a word with both a letter and a digit is taken as a code, because one
    word in 36 has a valid check character by chance.
    """
    words = [word for part in reversed(path) for word in re.split(r"[_\s()]+", _ENDINGS.sub("", part))]
    return [word for word in words if _CODE_LIKE.fullmatch(word) and not course.graded(word) and codes.valid(word)]


def units_in(path: Sequence[str]) -> list[str]:
    """Return the graded units with which the names of a file and its folders begin, innermost name first."""
    return [match[0] for part in reversed(path) if (match := _UNIT.match(part.lower()))]
