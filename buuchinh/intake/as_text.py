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
_NO_SIGN = re.compile(rb"[^A-Za-z0-9+/]+")


def marked(head: bytes) -> bool:
    """Whether a file that begins with ``head`` is a zip as text; a zip may hold the mark in a name."""
    # UTF-16 of ASCII signs is these signs and zeros.
    return not head.startswith(b"PK\x03\x04") and MARK in head[:_BEFORE].replace(b"\0", b"")


def as_zip(file: IO[bytes]) -> IO[bytes]:
    """Return the zip that stands in ``file`` as text; ``file`` itself, at its start, where none does."""
    head = file.read(_BEFORE)
    file.seek(0)
    if not marked(head):
        return file
    text = file.read(_CAP).replace(b"\0", b"").partition(MARK)[2]
    signs = _NO_SIGN.sub(b"", text)
    signs = signs[: len(signs) - (len(signs) % 4 == 1)]  # one sign alone is no byte: the text broke off there
    try:
        return io.BytesIO(base64.b64decode(signs + b"=" * (-len(signs) % 4)))
    except binascii.Error:
        return io.BytesIO()
