"""The encoding and the separator of the CSV files that Excel and other programs save."""

from __future__ import annotations

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_FIRST_LINES = 100


def decoded(data: bytes, *, lost: str = "strict") -> tuple[str, str]:
    """Decode ``data`` as UTF-8, UTF-16 or the Vietnamese code page 1258; return the text and the encoding's name.

    UTF-8 may have a byte order mark. Raise ``UnicodeDecodeError`` for any other encoding, unless ``lost`` is an error
    handler such as "replace".
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, lost), encoding
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return data.decode("cp1258", lost), "cp1258"


def has_mark(data: bytes) -> bool:
    """Return whether the content of a file begins with a byte order mark."""
    return data.startswith(tuple(mark for mark, _ in _BOMS))


def separator(text: str) -> str:
    """Return the separator in CSV text: the semicolon, tab or comma that is on most of the first lines.

    Titles above a table and addresses within it may contain commas. A first line such as ``sep=,`` decides.
    """
    lines = text.split("\n", _FIRST_LINES)[:_FIRST_LINES]
    if lines[0].strip('\ufeff "').lower().startswith("sep="):
        lines = lines[:1]
    return max(";\t,", key=lambda sign: sum(sign in line for line in lines))
