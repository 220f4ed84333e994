"""Strip the outputs from notebooks that are too large, so that endless printed output costs no memory.

Pictures attached to cells ("attachments") are omitted in the same way. Brackets within outputs are counted block by
block with standard library functions, never one by one in a Python loop, since a zip of a few hundred kilobytes may
contain hundreds of millions of brackets. numpy is not used because every process that reads a submission would have to
load it.
"""

from __future__ import annotations

import operator
import re
from array import array
from collections.abc import Callable, Sequence
from itertools import accumulate, islice

CHUNK = 1_000_000
LISTS_CAP = 20_000
"""Maximum number of output lists or attachments to omit; a notebook has one per cell, and 2,000 cells are read."""
_FIRST, _MOST = 4_096, 131_072
"""Sizes in bytes of the first block of outputs (small, since most cells have little output) and of the largest block.
"""
_LONGEST = 120
"""Maximum number of bytes from the opening quote of "outputs" or "attachments" to the bracket that follows the name."""
_STRING = rb'"(?:[^"\\]|\\.)*+"'
_IN_STRING = re.compile(rb'(?:[^"\\]|\\.)*+', re.DOTALL)
_MARK = rb'(?:"outputs"\s{0,40}+:\s{0,40}+\[|"attachments"\s{0,40}+:\s{0,40}+\{)'
_BEGUN = rb'"(?:outputs|attachments)"\s{0,40}+(?::\s{0,40}+)?+\Z'
_OUTPUTS = re.compile(_MARK)
_UP_TO_OUTPUTS = re.compile(rb'(?:[^"]|(?!' + _MARK + rb"|" + _BEGUN + rb")" + _STRING + rb")*+", re.DOTALL)
_UP, _DOWN = b"\x01", b"\xff"
"""Bytes that replace opening and closing brackets: +1 and, as a signed byte, -1."""
_SIGNS = bytes.maketrans(b"[{]}", 2 * _UP + 2 * _DOWN)
_BRACKET = re.compile(rb"[\[{\]}]")
_NO_SIGN = bytes(set(range(256)) - set(b"[{]}"))


def slim(read: Callable[[int], bytes], cap: int) -> bytes:
    """Return the JSON from ``read`` with the content of all "outputs" and "attachments" omitted, at most ``cap`` bytes.

    ``read`` takes a number of bytes and returns at most that many bytes of UTF-8, or b"" at the end. Invalid JSON is
    returned as far as it could be read. The result is truncated after ``LISTS_CAP`` omitted lists.
    """
    output = bytearray()
    inside = _Inside()
    in_string = False
    lists = 0
    tail = b""
    while len(output) < cap and lists <= LISTS_CAP:
        more = read(CHUNK)
        data = tail + more
        place = start = 0
        while place < len(data) and lists <= LISTS_CAP:
            if inside.depth:
                place = start = inside.skip(data, place)
                if inside.depth:
                    break
            elif in_string:
                place = _end(_IN_STRING, data, place)
                if data[place : place + 1] != b'"':
                    break  # continues in the next chunk, perhaps after a backslash
                in_string = False
                place += 1
            else:
                place = _end(_UP_TO_OUTPUTS, data, place)
                if opened := _OUTPUTS.match(data, place):
                    place = opened.end()
                    output += data[start:place]
                    inside.depth = 1
                    lists += 1
                elif more and len(data) - place <= _LONGEST:
                    break  # the next chunk decides whether these are outputs
                elif place < len(data):
                    in_string = True
                    place += 1
        if not inside.depth:
            output += data[start:place]
        tail = data[place:]
        if not more:
            output += tail if not inside.depth else b""
            break
    return bytes(output[:cap])


class _Inside:
    """Tracker of the bracket depth within outputs; ``depth`` is 0 outside outputs."""

    def __init__(self) -> None:
        self.depth = 0
        self._in_string = 0

    def skip(self, data: bytes, place: int) -> int:
        """Return the index in ``data`` of the bracket that closes the outputs, or of the end of the usable data.

        The search begins at index ``place``. The next call continues with the data from the returned index on.
        """
        size = _FIRST
        while place < len(data):
            part = data[place : place + size]
            if (len(part) - len(part.rstrip(b"\\"))) % 2:  # keep an escaped character with its backslash
                part = data[place : place + len(part) + 1]
                if place + len(part) == len(data) and part.endswith(b"\\"):
                    part = part[:-1] if (len(part) - len(part.rstrip(b"\\"))) % 2 else part
            if not part:
                return place
            pieces = part.replace(b"\\\\", b"  ").replace(b'\\"', b"  ").split(b'"')
            signs = b"".join(pieces[self._in_string :: 2]).translate(_SIGNS, _NO_SIGN)
            down = signs.count(_DOWN)
            if down >= self.depth and (number := _closing(signs, self.depth)) is not None:
                place += _where(pieces, self._in_string, number)
                self.depth = self._in_string = 0
                return place
            self.depth += len(signs) - 2 * down
            self._in_string ^= (len(pieces) - 1) & 1
            place += len(part)
            size = min(2 * size, _MOST)
        return place


def _closing(signs: bytes, depth: int) -> int | None:
    """Return the 0-based index in ``signs`` of the bracket that closes ``depth`` open brackets, or None."""
    try:
        return operator.indexOf(accumulate(array("b", signs), initial=depth), 0) - 1
    except ValueError:
        return None


def _where(pieces: Sequence[bytes], in_string: int, number: int) -> int:
    """Return the position of bracket ``number`` (0-based), not counting brackets in strings.

    ``pieces`` is the data split at its quotes. ``in_string`` is 1 if the first piece is inside a string, or else 0.
    """
    place = 0
    for index, piece in enumerate(pieces):
        if index % 2 == in_string:
            count = len(piece.translate(None, _NO_SIGN))
            if number < count:
                return place + next(islice(_BRACKET.finditer(piece), number, None)).start()
            number -= count
        place += len(piece) + 1
    raise AssertionError


def _end(pattern: re.Pattern[bytes], data: bytes, place: int) -> int:
    match = pattern.match(data, place)
    assert match
    return match.end()
