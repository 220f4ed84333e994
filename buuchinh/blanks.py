"""Finds the places ``___`` that a cell leaves to be filled in.

Such a cell runs as far as the first of them. IPython gives ``___`` a meaning of its own (an earlier result), so the
rest of it might run and compute nonsense.
"""

from __future__ import annotations

import ast
import builtins
import io
import tokenize
from collections.abc import Container

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


def before(source: str, known: Container[str]) -> str:
    """Return the statements of a cell that stand before the first with such a place, "" where none can be told.

    A trainee who works line by line sees what they give; ``submit`` at the end of a cell is never among them. Where
    they use a name that is not ``known``, since an earlier cell is still to be filled in, there are none.
    """
    places = lines(source)
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError):
        return ""
    first = next((one for one in body if places and one.lineno <= places[0] <= (one.end_lineno or 0)), None)
    if first is None or _unknown(body[: body.index(first)], known):
        return ""
    return "".join(source.splitlines(keepends=True)[: first.lineno - 1])


def _unknown(body: list[ast.stmt], known: Container[str]) -> set[str]:
    """Return the names that statements read and that neither they, nor Python, nor ``known`` have."""
    names = [node for one in body for node in ast.walk(one) if isinstance(node, ast.Name)]
    made = {node.id for node in names if not isinstance(node.ctx, ast.Load)}
    made |= {
        (name.asname or name.name).partition(".")[0]
        for one in body
        for node in ast.walk(one)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in node.names
    }
    made |= {node.arg for one in body for node in ast.walk(one) if isinstance(node, ast.arg)}
    made |= {node.name for one in body for node in ast.walk(one) if isinstance(node, ast.FunctionDef)}
    return {
        node.id for node in names if node.id not in made and node.id not in known and not hasattr(builtins, node.id)
    }
