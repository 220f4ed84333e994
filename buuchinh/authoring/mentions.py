"""Find mentions of law, questions, figures and files in a notebook, each with its cell and line."""

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
"""Maps functions of the package that notebooks call to the kind of thing that their arguments name."""
_TARGET = re.compile(r"!?\[[^\]]*\]\(\s*<?([^)\s>]+)")


@dataclass(frozen=True)
class Cell:
    """One cell of a notebook; ``number`` is 1-based and ``kind`` is nbformat's cell type.

    ``hidden`` means that JupyterLab collapses the cell's code, and ``core`` that the cell is not below a folded
    heading.
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
        """Return a readable location: notebook, cell number, and ``line`` (1-based) within the cell."""
        return say("authoring.check.cell", path=self.notebook, number=self.number, line=line)


@dataclass(frozen=True)
class Mention:
    """Something that a cell mentions.

    ``kind`` is "law", "chart", "link", "question", "figure", "reading", "finding" or "table".
    """

    kind: str
    name: str
    cell: Cell
    line: int

    @property
    def place(self) -> str:
        """The mention's readable location: file, cell and line."""
        return self.cell.place(self.line)


def cells(path: Path) -> list[Cell]:
    """Return the cells of a notebook; raise ``KitError`` if the file is not a notebook of version 4."""
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
    """Return everything that ``cell`` mentions: in links if it is a Markdown cell, in calls if it is a code cell."""
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
    """Yield a mention for each file that a cell links to or shows, ignoring web addresses and anchors."""
    for number, line in enumerate(cell.text.splitlines(), 1):
        for match in _TARGET.finditer(line):
            target = match[1].split("#", 1)[0]
            if target and not re.match(r"[a-z][a-z0-9+.-]*:", target):
                yield Mention("link", target, cell, number)


def _calls(cell: Cell) -> Iterator[Mention]:
    """Yield a mention for each id that is a literal argument of one of the functions in ``_CALLS``."""
    for call in calls_in(cell.text, _CALLS):
        yield from (Mention(_CALLS[call.function], name, cell, line) for name, line in call.ids)
