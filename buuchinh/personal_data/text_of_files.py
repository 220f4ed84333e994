"""Extract text from any file, including the contents of zip files and office documents.

Files are decoded in the same way as elsewhere in this package: if a search knew fewer encodings, it could report a file
as clean that still names somebody.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from buuchinh import csv_text

MOST = 100_000_000
_DEEPEST = 3
_ZIPS = frozenset({".zip", ".xlsx", ".xlsm", ".docx", ".pptx", ".odt", ".ods"})
_DAMAGED = (OSError, zipfile.BadZipFile, zlib.error, ValueError, RuntimeError, NotImplementedError, EOFError)
_UNREADABLE = re.compile(rb"[^\t-~]+")
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_END_OF_TEXT = re.compile(r"</(?:\w+:)?(?:p|si|is|c|tr|td|h)>|<(?:\w+:)?(?:tab|br)\b[^>]*>")
"""Tags that end a paragraph or cell in an office document; other tags may occur in the middle of a word."""
_TAG = re.compile(r"<[^>]*>")


def of_file(path: Path, most: int = MOST) -> Iterator[str]:
    """Yield a file's text in each plausible decoding, or nothing if the file is larger than ``most`` bytes.

    Raise ``OSError`` if the file cannot be read.
    """
    if path.stat().st_size <= most:
        yield from of_data(path.name, path.read_bytes(), most)


def of_data(name: str, data: bytes, most: int = MOST, depth: int = _DEEPEST) -> Iterator[str]:
    """Yield the text in ``data``, the content of a file called ``name``.

    For a zip file, also yield its members' names and text. Members larger than ``most`` bytes are skipped. ``depth`` is
    the number of levels of nested zip files to open.
    """
    text, encoding = _decoded(data)
    yield text
    if encoding == "cp1258":  # or UTF-8 with a letter broken by a crash or another program
        yield data.decode("utf-8", "ignore")
    if b"\\u" in data:
        yield _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    if text.startswith("<?xml"):
        yield html.unescape(_TAG.sub("", _END_OF_TEXT.sub("\n", text)))
    if depth == 0 or not (data.startswith(b"PK") or Path(name).suffix.lower() in _ZIPS):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for one in archive.infolist():
                yield one.filename
                if one.file_size <= most:
                    yield from of_data(one.filename, archive.read(one), most, depth - 1)
    except _DAMAGED:
        return


def _decoded(data: bytes) -> tuple[str, str]:
    """Return a file's text and encoding; for a binary file, return its printable ASCII characters and ""."""
    if csv_text.has_mark(data) or b"\0" not in data[:8_000]:
        return csv_text.decoded(data, lost="replace")
    return _UNREADABLE.sub(b"\n", data).decode("ascii"), ""


def replaced(text: str, words: re.Pattern[str], seen_as: Callable[[str], str], word: str) -> str:
    """Return ``text`` with each match of the pattern ``words`` replaced by ``word``.

    The pattern is matched against a normalised copy of the text, in which ``seen_as`` has replaced each character.
    """
    pieces = {sign: seen_as(sign) for sign in set(text)}
    places = [place for place, sign in enumerate(text) for _ in pieces[sign]]
    output, end = [], 0
    for found in words.finditer("".join(map(pieces.__getitem__, text))):
        output += [text[end : places[found.start()]], word]
        end = places[found.end() - 1] + 1
    return "".join((*output, text[end:]))
