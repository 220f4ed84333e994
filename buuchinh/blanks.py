"""Finds the places ``___`` that a cell leaves to be filled in.

Such a cell runs as far as the first of them. IPython gives ``___`` a meaning of its own (an earlier result), so the
rest of it might run and compute nonsense.
"""

from __future__ import annotations

import ast
import io
import tokenize

MARK = "___"
GIVEN = "#: "
"""How a line of an author's solution begins that trainees are given, with ``___`` where something is left to them."""


def lines(source: str) -> list[int]:
    """Return the lines of a cell (from 1) on which a name is ``___`` or a text holds it; comments do not count."""
    if MARK not in source:
        return []
    found: list[int] = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            named = token.type == tokenize.NAME and token.string == MARK
            if named or (token.type not in {tokenize.NAME, tokenize.COMMENT} and MARK in token.string):
                found.append(token.start[0])
    except (tokenize.TokenError, SyntaxError):  # a bracket that stays open: what was read before it counts
        pass
    return list(dict.fromkeys(found))


def before(source: str) -> str:
    """Return the statements of a cell that stand before the first with such a place, "" where none can be told.

    A trainee who works line by line sees what they give; ``submit`` at the end of a cell is never among them.
    """
    places = lines(source)
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError):
        return ""
    first = next((one for one in body if places and one.lineno <= places[0] <= (one.end_lineno or 0)), None)
    return "".join(source.splitlines(keepends=True)[: first.lineno - 1]) if first else ""
