"""Find the blanks ``___`` that trainees are to fill in within a code cell.

A cell with blanks is run only up to its first blank. IPython defines ``___`` as an earlier result, so the rest of the
cell could run without an error and compute nonsense.
"""

from __future__ import annotations

import ast
import builtins
import io
import tokenize
from collections.abc import Container

MARK = "___"
STARTER = "#: "
"""Prefix of a line in an author's solution that trainees receive, with ``___`` for each part left for them to write."""


def lines(source: str) -> list[int]:
    """Return the 1-based numbers of the lines on which ``___`` is a name or part of a string; comments are ignored."""
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
    """Return the cell's source before the first statement with a blank, or "" if this part cannot be determined.

    A trainee who works line by line can thus see results; ``submit`` at the end of a cell is never included. Also
    return "" if the source uses a name that is not in ``known``, because an earlier cell has not been filled in yet.
    """
    body = _until_first(source)
    if not body or _unknown(body[:-1], known):
        return ""
    return "".join(source.splitlines(keepends=True)[: body[-1].lineno - 1])


def lacking(source: str, known: Container[str]) -> list[str]:
    """Return the names that a cell reads up to its first blank but that neither the cell nor ``known`` defines."""
    return sorted(_unknown(_until_first(source), known) - {MARK})


def note(source: str) -> str:
    """Return the comment right above the first statement with a blank, or "" if there is none or it is code."""
    body = _until_first(source)
    above = source.splitlines()[body[-1].lineno - 2].strip() if body and body[-1].lineno > 1 else ""
    comment = above.lstrip("# ") if above.startswith("#") else ""
    try:
        ast.parse(comment)
    except SyntaxError:
        return comment
    return ""


def broken(source: str) -> bool:
    """Return whether a cell has a syntax error on a line without a blank.

    An error on a line with a blank, as in ``phut ___ 0``, does not count.
    """
    try:
        ast.parse(source)
    except SyntaxError as error:
        return error.lineno not in lines(source)
    except ValueError:
        return False
    return False


def _until_first(source: str) -> list[ast.stmt]:
    """Return the cell's statements up to the first with a blank, inclusive, or an empty list if there is none.

    The list is also empty if Python cannot parse the cell.
    """
    places = lines(source)
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError):
        return []
    at = next((at for at, one in enumerate(body) if places and one.lineno <= places[0] <= (one.end_lineno or 0)), None)
    return [] if at is None else body[: at + 1]


def _unknown(body: list[ast.stmt], known: Container[str]) -> set[str]:
    """Return the names that ``body`` reads and that are neither set in ``body``, nor built in, nor in ``known``."""
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
