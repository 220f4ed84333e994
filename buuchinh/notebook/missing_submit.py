"""Detect cells whose code ran without calling ``submit``, so that the question's display can say so.

A task is a question that is answered by code. Its cells are the cells with visible code between the previous question
and this one.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from buuchinh import blanks
from buuchinh.errors import KitError
from buuchinh.notebook import display_parts
from buuchinh.notebooks import LARGEST_WITH_OUTPUTS, asked_in_cell, read_notebook, statements
from buuchinh.questions.answers import Record


class Tasks:
    """Watches one notebook's tasks in one kernel, and checks after each cell whether its task was submitted."""

    def __init__(self, notebook: Path, record: Record) -> None:
        self._cells = cells_of_tasks(notebook)
        self._record = record
        self._before: dict[str, Any] = {}

    def begins(self, *_arguments: Any) -> None:
        """Store the current submissions; IPython calls this before a cell runs."""
        self._before = self._handed_in()

    def ends(self, result: Any) -> None:
        """Notify the page of a task whose code ran without ``submit``; IPython calls this after a cell has run."""
        task = self._cells.get(str(result.info.cell_id))
        if task is None or not result.success or not _does_anything(result.info.raw_cell):
            return
        if self._handed_in().get(task) == self._before.get(task):
            display_parts.tell("not_submitted", task)

    def _handed_in(self) -> dict[str, Any]:
        return {name: (entry.get("tries"), entry.get("at")) for name, entry in self._record.answers().items()}


_watched: set[Path] = set()
"""Notebooks that are already watched in this kernel, kept to prevent duplicate notifications."""


def watch(notebook: Path, record: Record) -> None:
    """Start watching the tasks in ``notebook``; do nothing if no kernel is running or the file does not exist."""
    from IPython.core.getipython import get_ipython

    shell = get_ipython()
    if shell is None or notebook in _watched or not notebook.is_file():
        return
    tasks = Tasks(notebook, record)
    _watched.add(notebook)
    shell.events.register("pre_run_cell", tasks.begins)
    shell.events.register("post_run_cell", tasks.ends)


def cells_of_tasks(notebook: Path) -> dict[str, str]:
    """Map the id of each cell with visible code to its task's question id; empty if the notebook is damaged."""
    try:
        cells = read_notebook(notebook, at_most=LARGEST_WITH_OUTPUTS)["cells"]
        tasks: dict[str, str] = {}
        waiting: list[str] = []
        for cell in (item for item in cells if item["cell_type"] == "code"):
            ids = asked_in_cell(cell)
            if ids:
                tasks |= dict.fromkeys(waiting, ids[0])
                waiting = []
            elif not cell["metadata"].get("jupyter", {}).get("source_hidden") and "id" in cell:
                waiting = [*waiting, cell["id"]] if cell["metadata"].get("editable", True) else []
    except (KitError, KeyError, TypeError, AttributeError):
        return {}
    return tasks


def _does_anything(source: str) -> bool:
    """Return whether a cell has code to run; cells with unfilled blanks do not count, as ``unfilled`` reports them."""
    body = statements(source)
    return bool(source.strip()) if body is None else bool(body) and not blanks.lines(source)
