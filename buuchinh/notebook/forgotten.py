"""Knows where code of a task ran to its end and no ``submit`` handed anything in, so that the card below can say it.

The notebook says which cells belong to a task: those with code that is seen, between the question before and its own.
"""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any
from weakref import WeakMethod

from buuchinh.course.core import asked_in_cell
from buuchinh.files import read_json
from buuchinh.notebook.heard import listen
from buuchinh.questions.answers import Record

_LARGEST = 200_000_000


class Tasks:
    """The tasks of one notebook in one kernel: hears which cell runs, and what is handed in meanwhile."""

    def __init__(self, notebook: Path, record: Record) -> None:
        self._cells = cells_of_tasks(notebook)
        self._handed_in: set[str] = set()
        self._lacking: set[str] = set()
        self._cards: dict[str, list[WeakMethod[Any]]] = {}
        listen(record, self._hear)

    def watch(self, question_id: str, tell: Any) -> None:
        """Call the method ``tell`` with True when the task's code ran without ``submit``, with False when it did."""
        self._cards.setdefault(question_id, []).append(WeakMethod(tell))
        tell(question_id in self._lacking)

    def begins(self, *_told: Any) -> None:
        """Forget what earlier cells handed in: IPython calls it before a cell runs."""
        self._handed_in.clear()

    def ends(self, result: Any) -> None:
        """Look what the cell that has just run handed in: IPython calls it with the cell's ``ExecutionResult``."""
        task = self._cells.get(str(result.info.cell_id))
        if task is None or not result.success or not _does_anything(result.info.raw_cell):
            return
        if task not in self._handed_in:
            self._lacking.add(task)
            self._say(task)

    def _hear(self, question_id: str, _answer: Any) -> None:
        self._handed_in.add(question_id)
        self._lacking.discard(question_id)
        self._say(question_id)

    def _say(self, task: str) -> None:
        for card in self._cards.get(task, ()):
            if tell := card():
                tell(task in self._lacking)


_known: dict[Path, Tasks] = {}


def tasks(notebook: Path, record: Record) -> Tasks | None:
    """Return the tasks of ``notebook`` in this kernel, None where no kernel runs or the notebook cannot be read."""
    from IPython.core.getipython import get_ipython

    shell = get_ipython()
    if shell is None or not notebook.is_file():
        return None
    if notebook not in _known:
        made = _known[notebook] = Tasks(notebook, record)
        shell.events.register("pre_run_cell", made.begins)
        shell.events.register("post_run_cell", made.ends)
    return _known[notebook]


def cells_of_tasks(notebook: Path) -> dict[str, str]:
    """Return the task of each cell whose code is seen, by the cell's id; empty where the notebook is damaged."""
    try:
        cells = [one for one in read_json(notebook, at_most=_LARGEST)["cells"] if one["cell_type"] == "code"]
        found: dict[str, str] = {}
        waiting: list[str] = []
        for cell in cells:
            asked = asked_in_cell(cell)
            if asked:
                found |= dict.fromkeys(waiting, asked[0])
                waiting = []
            elif not cell["metadata"].get("jupyter", {}).get("source_hidden") and "id" in cell:
                waiting = [*waiting, cell["id"]] if cell["metadata"].get("editable", True) else []
    except (KeyError, TypeError, AttributeError, ValueError):
        return {}
    return found


def _does_anything(source: str) -> bool:
    try:
        return bool(ast.parse(source).body)
    except SyntaxError:  # a line of IPython's own
        return bool(source.strip())
