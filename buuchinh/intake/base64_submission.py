"""Zips encoded as text, which telephones send where the browser can neither save a file nor share a zip.

Such a text is a sentence for people, the mark, then the zip in base 64. Chat programs break lines, add spaces and
change the encoding, so characters outside the base 64 alphabet are ignored.
"""

from __future__ import annotations

import base64
import binascii
import io
import re
from typing import IO

MARK = b"BUUCHINH-ZIP"
_BEFORE = 4_096
"""Number of leading bytes that contain the mark, after the sentence."""
_CAP = 120_000_000
"""Most bytes of such a text; a hand-in is far below a million."""
_END, _END_LENGTH = b"PK\x05\x06", 22
"""Signature of a zip's last record, and its size up to the length of the comment (APPNOTE 4.3.16)."""
MOST = 100
"""Hand-ins in one text; a class is smaller."""
_NO_SIGN = re.compile(rb"[^A-Za-z0-9+/]+")


def marked(head: bytes) -> bool:
    """Whether a file that begins with ``head`` is a zip as text; a zip may hold the mark in a name."""
    # UTF-16 of ASCII signs is these signs and zeros.
    return not head.startswith(b"PK\x03\x04") and MARK in head[:_BEFORE].replace(b"\0", b"")


def as_zips(file: IO[bytes]) -> list[IO[bytes]]:
    """Return the distinct zips encoded as text in ``file``; ``file`` itself, rewound, where there are none.

    Several hand-ins may have been pasted one after the other. A mark without a zip after it, as in a sentence that
    mentions it, is skipped; anything beyond ``MOST`` zips becomes one empty file, which is reported as a broken zip.
    """
    head = file.read(_BEFORE)
    file.seek(0)
    if not marked(head):
        return [file]
    texts = file.read(_CAP).replace(b"\0", b"").split(MARK)[1:]
    decoded = dict.fromkeys(map(_decoded, texts[:MOST]))
    complete = [data for data in decoded if len(data) >= _END_LENGTH]
    return [io.BytesIO(data) for data in [*(complete or list(decoded)), *([b""] if len(texts) > MOST else [])]]


def _decoded(text: bytes) -> bytes:
    """Return the zip decoded from a text, without the words around it; b"" where there is none.

    Chat programs write the sender and the time before each piece of a long text. Where that breaks the decoding,
    lines with characters outside the base 64 alphabet are left out.
    """
    data = _zip(text)
    if _whole(data):
        return data
    without_words = _zip(
        b"\n".join(line for line in text.splitlines() if not _NO_SIGN.search(line.strip().rstrip(b"=")))
    )
    return without_words if _whole(without_words) else data


def _zip(text: bytes) -> bytes:
    signs = _NO_SIGN.sub(b"", text.partition(b"=")[0])
    signs = signs[: len(signs) - (len(signs) % 4 == 1)]  # a single character encodes no byte: the text was cut off
    try:
        data = base64.b64decode(signs + b"=" * (-len(signs) % 4))
    except binascii.Error:
        return b""
    end = data.rfind(_END)
    return data if end < 0 else data[: end + _END_LENGTH + int.from_bytes(data[end + 20 : end + 22], "little")]


def _whole(data: bytes) -> bool:
    """Whether the table of a zip ends where its last record begins: nothing was inserted before it or lost."""
    end = data.rfind(_END)
    size, start = (int.from_bytes(data[end + place : end + place + 4], "little") for place in (12, 16))
    return end >= 0 and size + start == end
