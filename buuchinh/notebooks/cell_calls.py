"""Find function calls in the source of a code cell without running it.

Cells are parsed by Python's own parser. A pattern is used only if the parser cannot help: for a cell that has a syntax
error or is too long to parse, and for submitted code, in which lines that are commented out count too.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from buuchinh.notebooks.cell_source import statements
from buuchinh.notebooks.display_functions import DISPLAY_FUNCTIONS

_FOREIGN = frozenset({"plt", "pyplot", "json", "pickle", "np", "numpy"})
"""Modules that have functions with the same names as the kit's, such as ``json.load`` and ``plt.figure``."""


@dataclass(frozen=True)
class DisplayCall:
    """A call to a display function with literal arguments, such as ``ask("l05-q01")``."""

    name: str
    positional: tuple[Any, ...] = ()
    named: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class NamedIds:
    """A call and the IDs in its first argument (one ID or a list), each with its 1-based line in the cell.

    ``figures_table(["a", "b"])`` has two IDs; ``hand_in()`` and ``ask(name)`` have none.
    """

    function: str
    ids: tuple[tuple[str, int], ...] = ()


def display_calls(source: str) -> list[DisplayCall] | None:
    """Return the calls in a cell that contains only display calls and imports, or None for any other cell.

    Also return None if an argument is not a literal, or if Python cannot parse the cell.
    """
    body = statements(source)
    if body is None or not all(isinstance(node, ast.Expr | ast.Import | ast.ImportFrom) for node in body):
        return None
    try:
        calls = [_display_call(node.value) for node in body if isinstance(node, ast.Expr)]
    except (ValueError, TypeError, RecursionError, MemoryError):
        return None
    return [call for call in calls if call] if None not in calls else None


def only_displays(source: str) -> bool:
    """Return whether a cell contains only display calls and no imports; an empty cell qualifies too."""
    return all(isinstance(one, ast.Expr) for one in statements(source) or ()) and display_calls(source) is not None


def calls_in(source: str, functions: Collection[str]) -> list[NamedIds]:
    """Return all calls to ``functions`` in a cell, in source order."""
    if not any(name in source for name in functions):
        return []
    body = statements(source)
    return list(_in_text(source, functions) if body is None else _in_statements(body, functions))


def ids_in(source: str, *functions: str) -> tuple[str, ...]:
    """Return the IDs passed to ``functions`` in a cell, in source order, with repetitions."""
    return tuple(name for call in calls_in(source, functions) for name, _ in call.ids)


def ids_in_text(source: str, *functions: str) -> tuple[str, ...]:
    """Return the IDs passed to ``functions``, found by a text search, for submitted code that may not parse.

    ``intake/submit_cells`` affects scores through this function, so a change in its results requires a new
    ``SCORING_VERSION``.
    """
    return tuple(match[2] for match in _pattern(frozenset(functions)).finditer(source) if match[2])


def _display_call(node: ast.expr) -> DisplayCall | None:
    """Return ``node`` as a display call, or None if it is not a display call or unpacks ``**`` arguments.

    Raise ``ValueError`` or ``TypeError`` if an argument is not a literal.
    """
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in DISPLAY_FUNCTIONS):
        return None
    named = {one.arg: ast.literal_eval(one.value) for one in node.keywords if one.arg}
    if len(named) != len(node.keywords):  # ``**{…}``, or one name twice: more than is read here
        return None
    return DisplayCall(node.func.id, tuple(ast.literal_eval(one) for one in node.args), named)


def _in_statements(body: list[ast.stmt], functions: Collection[str]) -> Iterator[NamedIds]:
    nodes = (node for node in ast.walk(ast.Module(body, [])) if isinstance(node, ast.Call))
    for node in sorted(nodes, key=lambda one: (one.lineno, one.col_offset)):
        function = _function(node.func)
        if function in functions:
            first = node.args[0] if node.args else None
            parts = first.elts if isinstance(first, ast.List | ast.Tuple) else [first]
            texts = [part for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)]
            yield NamedIds(function, tuple((str(part.value), part.lineno) for part in texts))


def _function(called: ast.expr) -> str:
    """Return the name of a called function without its module, or "" if the module is foreign or there is no name."""
    if isinstance(called, ast.Name):
        return called.id
    if isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name):
        return "" if called.value.id in _FOREIGN else called.attr
    return ""


def _in_text(source: str, functions: Collection[str]) -> Iterator[NamedIds]:
    for match in _pattern(frozenset(functions)).finditer(source):
        line = source.count("\n", 0, match.start()) + 1
        yield NamedIds(match[1], ((match[2], line),) if match[2] else ())


@lru_cache(maxsize=16)
def _pattern(functions: frozenset[str]) -> re.Pattern[str]:
    names = "|".join(map(re.escape, sorted(functions)))
    return re.compile(rf"""\b({names})\((?:\s*["']([a-z0-9-]+)["'])?""")
