"""Blanks ``___`` that a cell leaves to be filled in.

Such a cell runs up to the first blank. IPython gives ``___`` a meaning of its own (an earlier result), so the rest of
it might run and compute nonsense.
"""

from __future__ import annotations

import ast
import builtins
import io
import tokenize
from collections.abc import Container

MARK = "___"
STARTER = "#: "
"""The start of a line of an author's solution that trainees receive, with ``___`` for each part left to them."""


def lines(source: str) -> list[int]:
    """Return the lines of a cell (from 1) on which a name is ``___`` or a text holds it; comments do not count."""
    if MARK not in source:
        return []
    numbers: list[int] = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            named = token.type == tokenize.NAME and token.string == MARK
            if named or (token.type not in {tokenize.NAME, tokenize.COMMENT} and MARK in token.string):
                numbers.append(token.start[0])
    except (tokenize.TokenError, SyntaxError):  # an unclosed bracket: the lines before it count
        pass
    return list(dict.fromkeys(numbers))


def before(source: str, known: Container[str]) -> str:
    """Return the source of a cell before its first statement with a blank, "" where it cannot be determined.

    A trainee who works line by line sees its results; ``submit`` at the end of a cell is never included. Where it uses
    a name that is not ``known``, as an earlier cell is still to be filled in, nothing is returned.
    """
    body = _until_first(source)
    if not body or _unknown(body[:-1], known):
        return ""
    return "".join(source.splitlines(keepends=True)[: body[-1].lineno - 1])


def lacking(source: str, known: Container[str]) -> list[str]:
    """Return the names that a cell reads up to its first blank and that neither it nor another has set."""
    return sorted(_unknown(_until_first(source), known) - {MARK})


def note(source: str) -> str:
    """Return the text of the comment right above the first statement with a blank, "" for none or for code."""
    body = _until_first(source)
    above = source.splitlines()[body[-1].lineno - 2].strip() if body and body[-1].lineno > 1 else ""
    comment = above.lstrip("# ") if above.startswith("#") else ""
    try:
        ast.parse(comment)
    except SyntaxError:
        return comment
    return ""


def broken(source: str) -> bool:
    """Whether a cell has a syntax error for another reason than a blank, such as ``phut ___ 0``."""
    try:
        ast.parse(source)
    except SyntaxError as error:
        return error.lineno not in lines(source)
    except ValueError:
        return False
    return False


def _until_first(source: str) -> list[ast.stmt]:
    """Return the statements of a cell through the first with a blank; none where it cannot be determined."""
    places = lines(source)
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError):
        return []
    at = next((at for at, one in enumerate(body) if places and one.lineno <= places[0] <= (one.end_lineno or 0)), None)
    return [] if at is None else body[: at + 1]


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
