"""What a cell asks for, read from its source: nothing of it is run, and nothing is believed but these few calls."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import Any

SHOWS = frozenset(
    {"ask", "citations", "drill", "follow_up", "hand_in", "lesson_end", "our_numbers", "start_page", "test"}
)
"""Names of ``buuchinh`` that show something without a kernel."""


@dataclass(frozen=True)
class Call:
    """One call with its literal arguments: ``ask("l05-q01")``."""

    name: str
    positional: tuple[Any, ...] = ()
    named: dict[str, Any] = field(default_factory=dict)


def calls(source: str) -> list[Call] | None:
    """Return the calls of a cell that does nothing else, but for imports; None for any other cell."""
    try:
        statements = ast.parse(source).body
        read = [_call(one.value) for one in statements if isinstance(one, ast.Expr)]
    except (SyntaxError, ValueError, TypeError, RecursionError, MemoryError):
        return None
    only = all(isinstance(one, ast.Expr | ast.Import | ast.ImportFrom) for one in statements)
    return [call for call in read if call] if only and None not in read else None


def _call(node: ast.expr) -> Call | None:
    """Return the call; ``ValueError`` or ``TypeError`` where an argument is more than a literal."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SHOWS):
        return None
    named = {one.arg: ast.literal_eval(one.value) for one in node.keywords if one.arg}
    if len(named) != len(node.keywords):  # ``**{…}``, or one name twice: more than is read here
        return None
    return Call(node.func.id, tuple(ast.literal_eval(one) for one in node.args), named)
