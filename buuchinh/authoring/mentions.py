"""Mentions of law, questions and figures in a notebook, each with its cell and line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from buuchinh import law
from buuchinh.errors import KitError
from buuchinh.messages import say
from buuchinh.notebooks import calls_in, in_core, read_notebook, source_of
from buuchinh.parsed import parsed
from buuchinh.questions import question_bank

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
"""Functions of the package that notebooks call, and the kind of thing that their first argument names."""
_TARGET = re.compile(r"!?\[[^\]]*\]\(\s*<?([^)\s>]+)")


@dataclass(frozen=True)
class Cell:
    """One cell: number from 1, kind, text, tags, id.

    ``hidden``: JupyterLab folds its code away. ``core``: it is below no folded heading.
    """

    notebook: str
    number: int
    kind: str
    text: str
    tags: tuple[str, ...] = ()
    hidden: bool = False
    id: str = ""
    core: bool = True

    def place(self, line: int) -> str:
        """Return the place of ``line`` of this cell, in words for a person."""
        return say("authoring.check.cell", path=self.notebook, number=self.number, line=line)


@dataclass(frozen=True)
class Mention:
    """Something that a cell mentions: ``kind`` is law, chart, link, question, figure, reading, finding or table."""

    kind: str
    name: str
    cell: Cell
    line: int

    @property
    def place(self) -> str:
        """File, cell and line, in words for a person."""
        return self.cell.place(self.line)


def cells(path: Path) -> list[Cell]:
    """Return a notebook's cells; raise ``KitError`` where the file is no notebook of version 4."""
    return list(parsed(_read_cells, path))


def _read_cells(path: Path) -> tuple[Cell, ...]:
    shown = question_bank.shown(path)
    try:
        content = read_notebook(path)["cells"]
    except KitError as error:
        raise KitError([replace(problem, path=shown) for problem in error.problems]) from error
    return tuple(
        Cell(
            shown,
            number,
            cell["cell_type"],
            source_of(cell),
            _tags(cell),
            hidden=_hidden(cell),
            id=str(cell.get("id", "")),
            core=core,
        )
        for number, (cell, core) in enumerate(zip(content, in_core(content), strict=True), 1)
    )


def mentions(cell: Cell) -> list[Mention]:
    """Return everything that ``cell`` mentions: links of a markdown cell, calls of a code cell."""
    if cell.kind == "markdown":
        return [*_laws(cell), *_links(cell)]
    return list(_calls(cell)) if cell.kind == "code" else []


def _tags(cell: dict[str, Any]) -> tuple[str, ...]:
    metadata = cell.get("metadata")
    tags = metadata.get("tags") if isinstance(metadata, dict) else None
    return tuple(map(str, tags)) if isinstance(tags, list) else ()


def _hidden(cell: dict[str, Any]) -> bool:
    metadata = cell.get("metadata")
    shown = metadata.get("jupyter") if isinstance(metadata, dict) else None
    return isinstance(shown, dict) and shown.get("source_hidden") is True


def _laws(cell: Cell) -> list[Mention]:
    return [Mention("law", ref, cell, line) for ref, line in law.references_in(cell.text)]


def _links(cell: Cell) -> Iterator[Mention]:
    """Yield the files that a cell links to or shows; web addresses and anchors are left out."""
    for number, line in enumerate(cell.text.splitlines(), 1):
        for match in _TARGET.finditer(line):
            target = match[1].split("#", 1)[0]
            if target and not re.match(r"[a-z][a-z0-9+.-]*:", target):
                yield Mention("link", target, cell, number)


def _calls(cell: Cell) -> Iterator[Mention]:
    """Yield the ids that are literal arguments of the package's functions."""
    for call in calls_in(cell.text, _CALLS):
        yield from (Mention(_CALLS[call.function], name, cell, line) for name, line in call.ids)
