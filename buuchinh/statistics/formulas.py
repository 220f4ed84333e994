"""Evaluate formulas of derived figures, which apply ``+ - * /`` to numbers and to figure ids in square brackets."""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from buuchinh.errors import KitError
from buuchinh.messages import say
from buuchinh.text import format_number

_NAME = re.compile(r"\[([a-z0-9-]+)\]")
_OPERATIONS: dict[type[ast.operator], Callable[[Fraction, Fraction], Fraction]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
_SIGNS = {"*": "×", "/": ":", "-": "−"}


def names(formula: str) -> tuple[str, ...]:
    """Return the figure ids in ``formula``, without duplicates, in order of appearance."""
    return tuple(dict.fromkeys(_NAME.findall(formula)))


def evaluate(formula: str, values: Mapping[str, float]) -> Fraction:
    """Return the exact value of ``formula``, in which each id stands for its number in ``values``.

    Decimals are taken as written, not as their binary approximations. Raise ``KitError`` for anything other than
    numbers, ``[id]``, the four operators and parentheses, for an id that is missing from ``values``, and for a division
    by zero. The formula is never executed as code.
    """
    for name in names(formula):
        if name not in values:
            way_out = say("statistics.formula.unknown_way_out")
            raise KitError(say("statistics.formula.unknown", id=name), way_out)
    order = {name: f"x{position}" for position, name in enumerate(names(formula))}
    known = {order[name]: Fraction(repr(values[name])) for name in order}
    try:
        tree = ast.parse(_NAME.sub(lambda match: order[match[1]], formula.strip()), mode="eval")
        return _walk(tree.body, known)
    except ZeroDivisionError as error:
        raise KitError(say("statistics.formula.zero", formula=formula)) from error
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        message, way_out = (
            say("statistics.formula.syntax", formula=formula),
            say("statistics.formula.way_out"),
        )
        raise KitError(message, way_out) from error


def _walk(node: ast.expr, known: Mapping[str, Fraction]) -> Fraction:
    match node:
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATIONS:
            return _OPERATIONS[type(op)](_walk(left, known), _walk(right, known))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_walk(operand, known)
        case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
            return Fraction(repr(value))
        case ast.Name(id=name) if name in known:
            return known[name]
    raise ValueError(type(node).__name__)


def rounded(value: Fraction, decimals: int) -> float:
    """Round ``value`` to ``decimals`` places, with halves rounded away from zero, as people do by hand."""
    step = Decimal(1).scaleb(-decimals)
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return float(exact.quantize(step, rounding=ROUND_HALF_UP))


def written(formula: str, values: Mapping[str, float]) -> str:
    """Return ``formula`` as a person would write it, with numbers instead of ids: ``1 + 9``."""
    signs = re.sub(r"\s([*/-])\s", lambda match: f" {_SIGNS[match[1]]} ", formula.strip())
    parts = re.split(r"(\[[a-z0-9-]+\])", signs)
    shown = [
        _number(values[part[1:-1]])
        if _NAME.fullmatch(part)
        else re.sub(r"\d+(\.\d+)?", lambda match: format_number(float(match[0])), part)
        for part in parts
    ]
    return "".join(shown)


def _number(value: float) -> str:
    return format_number(value) if value >= 0 else f"(−{format_number(-value)})"
