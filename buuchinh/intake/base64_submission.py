"""A zip as text: what a telephone sends where its browser can neither keep a file nor share a zip.

A sentence for people, the mark, then the zip in base 64. Chat programs break lines, add spaces and change the
encoding: whatever is no sign of base 64 is passed over.
"""

from __future__ import annotations

import base64
import binascii
import io
import re
from typing import IO

MARK = b"BUUCHINH-ZIP"
_BEFORE = 4_096
"""Bytes in which the mark stands, after the sentence."""
_CAP = 120_000_000
"""Most bytes of such a text; a hand-in is far below a million."""
_END, _END_LENGTH = b"PK\x05\x06", 22
"""How a zip's last record begins; its bytes without the comment, whose length its last two tell (APPNOTE 4.3.16)."""
MOST = 100
"""Hand-ins in one text; a class is smaller."""
_NO_SIGN = re.compile(rb"[^A-Za-z0-9+/]+")


def marked(head: bytes) -> bool:
    """Whether a file that begins with ``head`` is a zip as text; a zip may hold the mark in a name."""
    # UTF-16 of ASCII signs is these signs and zeros.
    return not head.startswith(b"PK\x03\x04") and MARK in head[:_BEFORE].replace(b"\0", b"")


def as_zips(file: IO[bytes]) -> list[IO[bytes]]:
    """Return the zips that stand in ``file`` as text, each once; ``file`` itself, at its start, where none does.

    Somebody may paste what two people sent, or the first hand-in and the last, one after the other. A mark with no zip
    behind it, as in a sentence that speaks of it, is passed over; what stands behind ``MOST`` comes as an empty file,
    which reads as a broken zip and so is told.
    """
    head = file.read(_BEFORE)
    file.seek(0)
    if not marked(head):
        return [file]
    texts = file.read(_CAP).replace(b"\0", b"").split(MARK)[1:]
    found = dict.fromkeys(map(_decoded, texts[:MOST]))
    whole = [data for data in found if len(data) >= _END_LENGTH]
    return [io.BytesIO(data) for data in [*(whole or list(found)), *([b""] if len(texts) > MOST else [])]]


def _decoded(text: bytes) -> bytes:
    """Return the zip that base 64 says, without what was read of words around it; b"" where it says nothing.

    A chat program writes who sent it and when before each piece of a long text: where that shifts what stands behind,
    lines that hold anything else than signs of base 64 are left out.
    """
    found = _zip(text)
    if _whole(found):
        return found
    lines = _zip(b"\n".join(line for line in text.splitlines() if not _NO_SIGN.search(line.strip().rstrip(b"="))))
    return lines if _whole(lines) else found


def _zip(text: bytes) -> bytes:
    signs = _NO_SIGN.sub(b"", text.partition(b"=")[0])
    signs = signs[: len(signs) - (len(signs) % 4 == 1)]  # one sign alone is no byte: the text broke off there
    try:
        data = base64.b64decode(signs + b"=" * (-len(signs) % 4))
    except binascii.Error:
        return b""
    end = data.rfind(_END)
    return data if end < 0 else data[: end + _END_LENGTH + int.from_bytes(data[end + 20 : end + 22], "little")]


def _whole(data: bytes) -> bool:
    """Whether the table of a zip ends where its last record begins: nothing was put in before it, nothing is lost."""
    end = data.rfind(_END)
    size, start = (int.from_bytes(data[end + place : end + place + 4], "little") for place in (12, 16))
    return end >= 0 and size + start == end
