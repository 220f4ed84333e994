"""Detect numbers that were typed into ``submit`` instead of being computed.

A note tells the instructor about typed numbers; points are not affected. A number is considered typed if its
expression, or its variable's expression in the same cell, consists only of literals. Strings and 0 are ignored.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from buuchinh.notebooks import source_of, statements

_LONGEST = 20_000
"""Maximum length, in characters, of a cell to analyse."""
_MAKES = frozenset({"DataFrame", "Series", "dict", "list", "tuple", "int", "float", "round"})
_NUMBERS = frozenset({"integer", "number", "table", "list"})

Names = Mapping[str, Sequence[ast.expr]]


def typed(questions: Iterable[Any], cells: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return the IDs of the questions answered by code whose last call to ``submit`` contains a typed number."""
    asked = {question.id: question for question in questions}
    found: dict[tuple[str, str], bool] = {}
    for cell in cells:
        if cell["cell_type"] == "code":
            for call, names in _submits(source_of(cell)):
                name = _first(call)
                for value, expression in _values(asked[name], call) if name in asked else ():
                    found[name, value] = _is_typed(expression, names)
    kinds = {(one.id, value.id): value.kind for one in asked.values() for value in one.values}
    ids = (name for (name, value), is_typed in found.items() if is_typed and kinds.get((name, value)) in _NUMBERS)
    return list(dict.fromkeys(ids))


def _submits(source: str) -> list[tuple[ast.Call, Names]]:
    """Return the calls to ``submit`` in a cell, each with the expressions assigned to the cell's variables."""
    if "submit" not in source or len(source) > _LONGEST:
        return []
    nodes = list(ast.walk(ast.Module(statements(source) or [], [])))
    names: dict[str, list[ast.expr]] = {}
    for node in nodes:
        if isinstance(node, ast.Assign):
            for target in node.targets:
                for inner in ast.walk(target):
                    if isinstance(inner, ast.Name):
                        names.setdefault(inner.id, []).append(node.value if inner is target else target)
        elif isinstance(node, ast.AugAssign | ast.AnnAssign | ast.For | ast.NamedExpr) and isinstance(
            node.target, ast.Name
        ):
            names.setdefault(node.target.id, []).append(node.target)
    calls = (node for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Name))
    return [(call, names) for call in calls if call.func.id == "submit"]  # type: ignore[attr-defined]


def _first(call: ast.Call) -> str:
    first = call.args[0] if call.args else None
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else ""


def _values(question: Any, call: ast.Call) -> Iterable[tuple[str, ast.expr]]:
    """Yield the name and expression of each value in a call, by keyword, in a dictionary, or as a single value."""
    if len(call.args) > 1:
        argument = call.args[1]
        by_name = {value.id for value in question.values}
        keys = argument.keys if isinstance(argument, ast.Dict) else []
        named = [key.value for key in keys if isinstance(key, ast.Constant) and key.value in by_name]
        if isinstance(argument, ast.Dict) and keys and len(named) == len(keys):
            yield from zip(named, argument.values, strict=True)
        else:
            yield question.values[0].id, argument
    yield from ((keyword.arg, keyword.value) for keyword in call.keywords if keyword.arg)


def _is_typed(expression: ast.expr, names: Names) -> bool:
    try:
        numbers = _numbers(expression, names, frozenset())
    except RecursionError:
        return False
    return bool(numbers and any(numbers))


def _numbers(node: ast.expr, names: Names, seen: frozenset[str]) -> list[float] | None:
    """Return the numbers in an expression that consists of literals, or None if it contains anything else."""
    match node:
        case ast.Constant(value=bool() | str() | None):
            return []
        case ast.Constant(value=int() | float() as number):
            return [number]
        case ast.UnaryOp(operand=inner):
            parts = [inner]
        case ast.BinOp(left=left, right=right):
            parts = [left, right]
        case ast.List(elts=elements) | ast.Tuple(elts=elements):
            parts = elements
        case ast.Dict(keys=keys, values=values):
            parts = [*filter(None, keys), *values]
        case ast.Call(func=ast.Name(id=made) | ast.Attribute(value=ast.Name(), attr=made), args=args, keywords=more):
            if made not in _MAKES:
                return None
            parts = [*args, *(keyword.value for keyword in more)]
        case ast.Name(id=name) if name in names and name not in seen:
            parts, seen = list(names[name]), seen | {name}
        case _:
            return None
    found: list[float] = []
    for part in parts:
        numbers = _numbers(part, names, seen)
        if numbers is None:
            return None
        found += numbers
    return found
