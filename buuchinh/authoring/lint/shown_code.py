"""Find functions that an exercise's code uses but its lesson does not show: trainees must be taught what they use."""

from __future__ import annotations

import ast
from collections.abc import Iterable

import buuchinh
from buuchinh.authoring.mentions import Cell
from buuchinh.blanks import MARK, STARTER
from buuchinh.notebooks import statements


def unknown(shown: Iterable[Cell], asked: Iterable[Cell]) -> list[str]:
    """Return the names of functions, methods and attributes that ``asked`` uses but no visible cell in ``shown``."""
    known = {name for cell in shown if not cell.hidden for name in _names(cell.text)}
    wanted = {name for cell in asked for text in _texts(cell) for name in _names(text)}
    return sorted(wanted - known - set(buuchinh.__all__))


def _texts(cell: Cell) -> tuple[str, str]:
    """Return a cell's code and the starter code for trainees that the cell contains in comments."""
    starter = (line.removeprefix(STARTER) for line in cell.text.splitlines() if line.startswith(STARTER))
    return cell.text, "\n".join(starter)


def _names(text: str) -> set[str]:
    nodes = list(ast.walk(ast.Module(statements(text) or [], [])))
    called = {node.func.id for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    return {*called, *(node.attr for node in nodes if isinstance(node, ast.Attribute))} - {MARK}
