"""Decode zip archives that were sent as base64 text.

Phones send a submission in this way if the browser can neither save a file nor share a zip. The text consists of a
sentence for human readers, the mark ``MARK``, and the base64-encoded zip. Chat programs break lines, add spaces and
change the encoding, so characters outside the base64 alphabet are ignored.
"""

from __future__ import annotations

import base64
import binascii
import io
import re
from typing import IO

MARK = b"BUUCHINH-ZIP"
_BEFORE = 4_096
"""Number of bytes at the start of a file within which ``MARK`` must occur."""
_CAP = 120_000_000
"""Maximum number of bytes to read from a file; a single submission has far fewer than a million."""
_END, _END_LENGTH = b"PK\x05\x06", 22
"""Signature of a zip's last record, and its size up to the length of the comment (APPNOTE 4.3.16)."""
MOST = 100
"""Maximum number of submissions in one file; no class is that large."""
_NO_SIGN = re.compile(rb"[^A-Za-z0-9+/]+")


def marked(head: bytes) -> bool:
    """Return whether a file that begins with ``head`` is a zip sent as text.

    A binary zip that happens to contain the mark does not qualify.
    """
    # ASCII characters in UTF-16 are the same bytes interspersed with zeros.
    return not head.startswith(b"PK\x03\x04") and MARK in head[:_BEFORE].replace(b"\0", b"")


def as_zips(file: IO[bytes]) -> list[IO[bytes]]:
    """Return the distinct zips encoded as text in ``file``, or only ``file`` itself, rewound, if it has no mark.

    A file may contain several submissions pasted one after the other. A mark without a zip after it, such as a mention
    in a sentence, is skipped if the file has any complete zip. If there are more than ``MOST`` zips, one empty file
    stands for the excess and is later reported as a broken zip.
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
    """Decode the zip in ``text``, ignoring surrounding words; return b"" if decoding fails.

    Chat programs insert the sender and the time before each part of a long message. If those insertions corrupt the
    zip, the text is decoded again without the lines that contain characters outside the base64 alphabet.
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
    signs = signs[: len(signs) - (len(signs) % 4 == 1)]  # one leftover character encodes no byte: the text was cut off
    try:
        data = base64.b64decode(signs + b"=" * (-len(signs) % 4))
    except binascii.Error:
        return b""
    end = data.rfind(_END)
    return data if end < 0 else data[: end + _END_LENGTH + int.from_bytes(data[end + 20 : end + 22], "little")]


def _whole(data: bytes) -> bool:
    """Return whether the zip's table ends where its last record begins, so no bytes were inserted or lost."""
    end = data.rfind(_END)
    size, start = (int.from_bytes(data[end + place : end + place + 4], "little") for place in (12, 16))
    return end >= 0 and size + start == end
