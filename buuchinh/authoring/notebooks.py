"""What a notebook says about law, questions and figures, each with the cell and line where it says so."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from buuchinh import law
from buuchinh.errors import KitError, Problem
from buuchinh.files import read_json
from buuchinh.messages import say
from buuchinh.parsed import parsed
from buuchinh.questions import bank

_CALLS = {
    "ask": "question",
    "submit": "question",
    "figure": "figure",
    "figures_table": "figure",
    "reading": "reading",
    "readings_table": "reading",
    "finding": "finding",
    "load": "table",
    "cite": "law",
    "provision": "law",
    "document": "law",
    "in_force": "law",
    "timeline": "law",
    "law_timeline": "chart",
}
"""Functions of ours that notebooks call, and what the words of their first argument name."""
_FOREIGN = {"plt", "pyplot", "json", "pickle", "np", "numpy"}
_TARGET = re.compile(r"!?\[[^\]]*\]\(\s*<?([^)\s>]+)")


@dataclass(frozen=True)
class Cell:
    """One cell: number as a person counts (from 1), kind, text, tags; ``hidden``: JupyterLab folds its code away."""

    notebook: str
    number: int
    kind: str
    text: str
    tags: tuple[str, ...] = ()
    hidden: bool = False

    def place(self, line: int) -> str:
        """Return where ``line`` of this cell is, as it is told to a person."""
        return say("authoring.check.cell", path=self.notebook, number=self.number, line=line)


@dataclass(frozen=True)
class Mention:
    """Something that a cell names: ``kind`` is law, chart, link, question, figure, reading, finding or table."""

    kind: str
    name: str
    cell: Cell
    line: int

    @property
    def place(self) -> str:
        """Return file, cell and line, as they are told to a person."""
        return self.cell.place(self.line)


def cells(path: Path) -> list[Cell]:
    """Read a notebook's cells; ``KitError`` where the file is no notebook of version 4."""
    return list(parsed(_read_cells, path))


def _read_cells(path: Path) -> tuple[Cell, ...]:
    shown = bank.shown(path)
    try:
        notebook = read_json(path, at_most=50_000_000)
    except KitError as error:
        raise KitError([replace(problem, path=shown) for problem in error.problems]) from error
    found = notebook.get("cells") if isinstance(notebook, dict) and notebook.get("nbformat") == 4 else None
    if not isinstance(found, list) or not all(isinstance(cell, dict) for cell in found):
        raise KitError(
            [Problem(shown, 0, say("authoring.check.not_a_notebook"), say("authoring.check.not_a_notebook_way_out"))]
        )
    return tuple(
        Cell(shown, number, str(cell.get("cell_type", "")), _joined(cell.get("source")), _tags(cell), _hidden(cell))
        for number, cell in enumerate(found, 1)
    )


def mentions(cell: Cell) -> list[Mention]:
    """Return all that ``cell`` names: links of a markdown cell, calls of a code cell."""
    if cell.kind == "markdown":
        return [*_laws(cell), *_links(cell)]
    return list(_calls(cell)) if cell.kind == "code" else []


def _tags(cell: dict[str, Any]) -> tuple[str, ...]:
    metadata = cell.get("metadata")
    found = metadata.get("tags") if isinstance(metadata, dict) else None
    return tuple(map(str, found)) if isinstance(found, list) else ()


def _hidden(cell: dict[str, Any]) -> bool:
    metadata = cell.get("metadata")
    shown = metadata.get("jupyter") if isinstance(metadata, dict) else None
    return isinstance(shown, dict) and shown.get("source_hidden") is True


def _joined(source: Any) -> str:
    return "".join(map(str, source)) if isinstance(source, list) else str(source or "")


def _laws(cell: Cell) -> list[Mention]:
    return [Mention("law", ref, cell, line) for ref, line in law.references_in(cell.text)]


def _links(cell: Cell) -> Iterator[Mention]:
    """Yield the files that a cell links to or shows, not addresses and not places on the page."""
    for number, line in enumerate(cell.text.splitlines(), 1):
        for match in _TARGET.finditer(line):
            target = match[1].split("#", 1)[0]
            if target and not re.match(r"[a-z][a-z0-9+.-]*:", target):
                yield Mention("link", target, cell, number)


def _calls(cell: Cell) -> Iterator[Mention]:
    """Yield the ids that calls of ours are given as plain words; lines of IPython's own are passed over."""
    lines = [re.sub(r"^(\s*)[%!?].*", r"\1pass", line) for line in cell.text.splitlines()]
    try:
        tree = ast.parse("\n".join(lines))
    except SyntaxError:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and (kind := _CALLS.get(_called(node.func))):
            first = node.args[0]
            parts = first.elts if isinstance(first, ast.List | ast.Tuple) else [first]
            for part in parts:
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield Mention(kind, part.value, cell, part.lineno)


def _called(function: ast.expr) -> str:
    if isinstance(function, ast.Name):
        return function.id
    if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name):
        return "" if function.value.id in _FOREIGN else function.attr
    return ""
