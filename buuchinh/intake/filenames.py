"""Names of files in a submission: decoded, made storable on every system, searched for codes and units."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from pathlib import PurePosixPath

from buuchinh import codes, course
from buuchinh.text import nfc

_UNIT = re.compile(course.GRADED)
_CODE_LIKE = re.compile(r"(?=.*\d)(?=.*[A-Za-z])[0-9A-Za-z.\-]+")
_ENDINGS = re.compile(r"(?i)(\.(ipynb|jsonl?|zip|txt|download|bak|rar|7z|gz|tar|html?|mht|pdf|docx?|py|md)){1,6}$")
"""At most six: a name of endings alone would otherwise take quadratic time."""
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")
_ILLEGAL = re.compile(r'[/\\<>:"|?*\x00-\x1f\x7f]|[\ud800-\udfff]')
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_LONGEST = 200
"""Maximum number of UTF-8 bytes: Linux allows 255 in a name, and temporary files add twenty."""


def safe(name: str, taken: Container[str] = ()) -> str:
    """Return ``name`` in a form that every system can store, distinct from all ``taken`` names.

    NFC, no final dot or space, no character or word (CON, NUL) that Windows reserves.
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
    """Return the name of a zip's entry: Python decodes what is not marked as UTF-8 as cp437, which it seldom is."""
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
    """Return a name or path from the disk as text that can be shown and stored; the path itself still opens the file.

    Linux takes any bytes for a name; bytes that are not UTF-8 Python holds as lone surrogates.
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
    """Return the name under which an original is stored: its own, or another where that cannot be displayed."""
    return raw if disk_name(raw) == raw else safe(disk_name(raw))


def codes_in(path: Sequence[str]) -> list[str]:
    """Return the codes in names of files and folders, the nearest first: ``bt02_GL-0123-Q_20261125-100000.zip``.

    One word in 36 has a fitting check character by chance: a code in a name needs a digit too.
    """
    words = [word for part in reversed(path) for word in re.split(r"[_\s()]+", _ENDINGS.sub("", part))]
    return [word for word in words if _CODE_LIKE.fullmatch(word) and not course.graded(word) and codes.valid(word)]


def units_in(path: Sequence[str]) -> list[str]:
    """Return the exercises that names of files and folders begin with, the nearest first."""
    return [match[0] for part in reversed(path) if (match := _UNIT.match(part.lower()))]
