"""Reads a notebook that is too large, without its outputs: endless prints and pictures cost no memory."""

from __future__ import annotations

import re
from collections.abc import Callable

CHUNK = 1_000_000
_STRING = rb'(?:[^"\\]|\\.)*+'
_IN_STRING = re.compile(_STRING, re.DOTALL)
_UP_TO_LIST = re.compile(rb'(?:[^"\[]|"' + _STRING + rb'")*+', re.DOTALL)
_UP_TO_BRACKET = re.compile(rb'(?:[^"\[\]{}]|"' + _STRING + rb'")*+', re.DOTALL)
_OUTPUTS = re.compile(rb'"outputs"\s*:\s*$')


def slim(read: Callable[[int], bytes], cap: int) -> bytes:
    """Return the JSON that ``read`` gives with each list under "outputs" left empty, cut off at ``cap`` bytes.

    ``read`` gives UTF-8, at most so many bytes as it is asked for, b"" at the end. What is
    no JSON comes out as far as it goes.
    """
    kept = bytearray()
    depth = 0  # of brackets within outputs; 0 outside of them
    in_string = False
    rest = b""
    while len(kept) < cap:
        data = rest + read(CHUNK)
        last = len(data) == len(rest)
        rest = b""
        place = start = 0
        while place < len(data):
            if in_string:
                place = _end(_IN_STRING, data, place)
                if data[place : place + 1] != b'"':
                    break  # goes on in the next chunk, perhaps from a lone backslash
                in_string = False
                place += 1
                continue
            place = _end(_UP_TO_BRACKET if depth else _UP_TO_LIST, data, place)
            sign = data[place : place + 1]
            place += 1
            if not sign:
                place = len(data)
            elif sign == b'"':
                in_string = True
            elif depth:
                depth += 1 if sign in b"[{" else -1
                if not depth:
                    start = place - 1
            elif sign == b"[" and _OUTPUTS.search(bytes(kept[-60:]) + data[max(start, place - 61) : place - 1]):
                kept += data[start:place]
                depth = 1
        if not depth:
            kept += data[start:place]
        rest = data[place:]
        if last:
            kept += rest if not depth else b""
            break
    return bytes(kept[:cap])


def _end(pattern: re.Pattern[bytes], data: bytes, place: int) -> int:
    match = pattern.match(data, place)
    assert match
    return match.end()
