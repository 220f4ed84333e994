"""Reader of a notebook that is too large: leaves out its outputs, so that endless prints cost no memory.

Pictures that hang on cells ("attachments") are left out in the same way. What is within is counted
a million bytes at a time, never bracket by bracket: a few hundred kilobytes of zip hold hundreds of
millions of brackets.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np

CHUNK = 1_000_000
LISTS_CAP = 20_000
"""Most lists of outputs or pictures that are left out; a notebook has one a cell, of which 2,000 are read."""
_FIRST = 4_096
"""Bytes of outputs that are looked at first: most cells have few."""
_LONGEST = 120
"""No mark of outputs is longer, from its quote to its bracket."""
_STRING = rb'"(?:[^"\\]|\\.)*+"'
_IN_STRING = re.compile(rb'(?:[^"\\]|\\.)*+', re.DOTALL)
_MARK = rb'(?:"outputs"\s{0,40}+:\s{0,40}+\[|"attachments"\s{0,40}+:\s{0,40}+\{)'
_BEGUN = rb'"(?:outputs|attachments)"\s{0,40}+(?::\s{0,40}+)?+\Z'
_OUTPUTS = re.compile(_MARK)
_UP_TO_OUTPUTS = re.compile(rb'(?:[^"]|(?!' + _MARK + rb"|" + _BEGUN + rb")" + _STRING + rb")*+", re.DOTALL)
_STEPS = np.zeros(256, np.int8)
_STEPS[list(b"[{")] = 1
_STEPS[list(b"]}")] = -1
_QUOTE = ord('"')


def slim(read: Callable[[int], bytes], cap: int) -> bytes:
    """Return the JSON that ``read`` gives with each "outputs" and "attachments" left empty, cut off at ``cap`` bytes.

    ``read`` gives UTF-8, at most so many bytes as it is asked for, b"" at the end. What is
    no JSON comes out as far as it goes; with more than ``LISTS_CAP`` lists it is cut off there.
    """
    kept = bytearray()
    inside = _Inside()
    in_string = False
    lists = 0
    rest = b""
    while len(kept) < cap and lists <= LISTS_CAP:
        more = read(CHUNK)
        data = rest + more
        place = start = 0
        while place < len(data) and lists <= LISTS_CAP:
            if inside.depth:
                place = start = inside.skip(data, place)
                if inside.depth:
                    break
            elif in_string:
                place = _end(_IN_STRING, data, place)
                if data[place : place + 1] != b'"':
                    break  # goes on in the next chunk, perhaps from a lone backslash
                in_string = False
                place += 1
            else:
                place = _end(_UP_TO_OUTPUTS, data, place)
                if opened := _OUTPUTS.match(data, place):
                    place = opened.end()
                    kept += data[start:place]
                    inside.depth = 1
                    lists += 1
                elif more and len(data) - place <= _LONGEST:
                    break  # whether these are outputs, the next chunk tells
                elif place < len(data):
                    in_string = True
                    place += 1
        if not inside.depth:
            kept += data[start:place]
        rest = data[place:]
        if not more:
            kept += rest if not inside.depth else b""
            break
    return bytes(kept[:cap])


class _Inside:
    """How deep in brackets within outputs; 0 outside of them."""

    def __init__(self) -> None:
        self.depth = 0
        self._in_string = 0

    def skip(self, data: bytes, place: int) -> int:
        """Return where the bracket stands that closes the outputs, else how far ``data`` was read."""
        size = _FIRST
        while place < len(data):
            part = data[place : place + size]
            if (len(part) - len(part.rstrip(b"\\"))) % 2:  # what it escapes belongs to it
                part = data[place : place + len(part) + 1]
                if place + len(part) == len(data) and part.endswith(b"\\"):
                    part = part[:-1] if (len(part) - len(part.rstrip(b"\\"))) % 2 else part
            if not part:
                return place
            signs = np.frombuffer(part.replace(b"\\\\", b"  ").replace(b'\\"', b"  "), np.uint8)
            quoted = (np.cumsum(signs == _QUOTE, dtype=np.int32) + self._in_string) & 1
            depths = np.cumsum(np.where(quoted, 0, _STEPS[signs]), dtype=np.int32) + self.depth
            closed = int(np.argmax(depths <= 0))
            if depths[closed] <= 0:
                self.depth = self._in_string = 0
                return place + closed
            self.depth, self._in_string = int(depths[-1]), int(quoted[-1])
            place += len(part)
            size *= 2
        return place


def _end(pattern: re.Pattern[bytes], data: bytes, place: int) -> int:
    match = pattern.match(data, place)
    assert match
    return match.end()
