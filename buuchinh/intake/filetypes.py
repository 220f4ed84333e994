"""What a file of a hand-in is, by its name or, where the name was changed, by how it begins.

Browsers, mail programs and people rename: ``answers (1).json``, ``bt02.ipynb.txt``,
``BT02 - Copy.ipynb``, a notebook saved as ``.json``. What a file is does not depend on that.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from pathlib import PurePosixPath
from typing import Literal

from buuchinh import codes
from buuchinh.text import fold, nfc

Kind = Literal["answers", "journal", "receipt", "short_test", "notebook", "zip", "archive", "document", "unclear"]
UNIT = re.compile(r"bt\d{2}|thi\d{1,2}")
_PRACTICE = re.compile(r"l\d{2}|kt\d|on-tap.*|khach")
_CODE_LIKE = re.compile(r"(?=.*\d)(?=.*[A-Za-z])[0-9A-Za-z.\-]+")
HEAD = 65_536
"""Bytes that are looked at to tell what an unclear file is."""
_ADDED = re.compile(r"(\.(?:ipynb|jsonl?|zip))\.(?:txt|json|download|bin)$")
_PART = re.compile(r"(?P<name>answers|receipt)(?:[^a-z].*)?\.(?P<ending>jsonl?)")
_SHORT_TEST = re.compile(r"kt[12](?:[^a-z0-9].*)?\.json")
"""A short test that rides along in a hand-in (``results/learning_gain.py``): nothing of the exercise."""
_ENDINGS = re.compile(r"(?i)(\.(ipynb|jsonl?|zip|txt|download|bak|rar|7z|gz|tar|html?|mht|pdf|docx?|py|md)){1,6}$")
"""Six at most: of a name that is endings alone, each would be tried from each."""
_ARCHIVES = frozenset({"rar", "7z", "tar", "gz", "tgz", "bz2", "xz", "zipx", "cab", "iso"})
_DOCUMENTS = frozenset({"html", "htm", "mht", "mhtml", "pdf", "doc", "docx", "py", "md", "odt", "rtf"})
_UNCLEAR = frozenset({"", "txt", "json", "bak", "tmp", "download", "old"})
_OF_SYSTEMS = frozenset(
    {"__MACOSX", "__pycache__", "node_modules", "$RECYCLE.BIN", "RECYCLER", "System Volume Information"}
)
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")
_ILLEGAL = re.compile(r'[/\\<>:"|?*\x00-\x1f\x7f]|[\ud800-\udfff]')
_HALVES = re.compile(r"[\ud800-\udfff]")
_LONGEST = 200
"""Bytes of UTF-8: Linux stores 255 in a name, and a file that is being written has twenty more."""
_MAGIC = (
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"\xfd7zXZ", "xz"),
    (b"BZh", "bzip2"),
)
_NOTEBOOK = re.compile(r'"(?:cell_type|nbformat|worksheets)"\s*:')
_ANSWERS = re.compile(r'"answers"\s*:\s*\{')
_OF_SHORT_TEST = re.compile(r'"unit"\s*:\s*"kt[12]"')


def kind(name: str) -> Kind | None:
    """Return what a file of this name can be, None where it is no part of a hand-in."""
    if name.startswith((".", "~$")) or name == "collected.json":  # our own note beside what was kept
        return None
    plain = _ADDED.sub(r"\1", fold(name))
    part = _PART.fullmatch(plain)
    if part:
        return "receipt" if part["name"] == "receipt" else "journal" if part["ending"] == "jsonl" else "answers"
    if _SHORT_TEST.fullmatch(plain):
        return "short_test"
    ending = PurePosixPath(plain).suffix.removeprefix(".").rstrip("_~")
    if ending == "ipynb":
        return "notebook"
    if ending == "zip":
        return "zip"
    if ending in _ARCHIVES:
        return "archive"
    if ending in _DOCUMENTS:
        return "document"
    return "unclear" if ending in _UNCLEAR else None


def kind_of(head: bytes) -> Kind | None:
    """Return what an unclear file is by its first ``HEAD`` bytes, None where it is no part of a hand-in."""
    if head.startswith(b"PK\x03\x04"):
        return "zip"
    source = head.decode("latin-1").replace("\0", "")  # UTF-16 of ASCII words is these words and zeros
    if not source.lstrip("\xef\xbb\xbf\xff\xfe \t\r\n").startswith("{"):
        return None
    if _NOTEBOOK.search(source):
        return "notebook"
    if not _ANSWERS.search(source):
        return None
    return "short_test" if _OF_SHORT_TEST.search(source) else "answers"


def resolved(kind: Kind, head: bytes) -> Kind | None:
    """Return what a file is whose name says ``kind`` and which begins with ``head``: either may be wrong."""
    if kind == "zip":
        return "archive" if format_of(head) else "zip"
    found = kind_of(head)
    if kind == "archive":
        return "zip" if found == "zip" else "archive"
    if kind == "document":
        return found if found in {"notebook", "answers", "short_test"} else "document"
    return found


def format_of(head: bytes) -> str | None:
    """Return the name of the format of an archive that is no zip, None where it is none that is known."""
    return next((name for magic, name in _MAGIC if head.startswith(magic)), None)


def hidden(folder: str) -> bool:
    """Whether a folder of this name is an editor's or a system's own."""
    return folder.startswith(".") or folder in _OF_SYSTEMS


def practice(unit: str) -> bool:
    """Whether a unit, or the folder of one, is a lesson's, a short test or what is asked again: no exercise."""
    return bool(_PRACTICE.fullmatch(unit.lower()))


def safe(name: str, taken: Container[str] = ()) -> str:
    """Return ``name`` as every system can store it, another one where it is ``taken``.

    NFC, no final dot or space, no sign or word (CON, NUL) that Windows keeps for itself.
    """
    plain = _ILLEGAL.sub("_", nfc(name)).rstrip(". ")[-120:]
    plain = plain.encode()[-_LONGEST:].decode(errors="ignore") or "_"
    if _RESERVED.match(plain):
        plain = f"_{plain}"
    found, number = plain, 2
    while found in taken:
        path = PurePosixPath(plain)
        found = f"{path.stem} ({number}){path.suffix}"
        number += 1
    return found


def entry_name(raw: str, flags: int) -> str:
    """Return the name of a zip's entry; Python takes what is not marked as UTF-8 for cp437, which it seldom is."""
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
    """Return a name or path from the disk as it can be told and stored; the path itself is kept for opening.

    Linux takes any bytes for a name; what is no UTF-8 there Python holds as halves of characters.
    """
    if not _HALVES.search(raw):
        return raw
    try:
        data = raw.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # of Windows, whose names may hold real halves
        return _HALVES.sub("\ufffd", raw)
    try:
        return nfc(data.decode("cp1258"))
    except UnicodeDecodeError:
        return data.decode("utf-8", "replace")


def codes_in(path: Sequence[str]) -> list[str]:
    """Return the codes in names of files and folders, the nearest first: ``bt02_GL-0123-Q_20261125-100000.zip``.

    One word in 36 has a fitting check character by chance: a code in a name needs a digit too.
    """
    words = [word for part in reversed(path) for word in re.split(r"[_\s()]+", _ENDINGS.sub("", part))]
    return [word for word in words if _CODE_LIKE.fullmatch(word) and not UNIT.fullmatch(word) and codes.valid(word)]


def units_in(path: Sequence[str]) -> list[str]:
    """Return the exercises that names of files and folders begin with, the nearest first."""
    return [found[0] for part in reversed(path) if (found := UNIT.match(part.lower()))]
