"""Detect code that ran without ``submit``, so that the card of its question can say so.

The cells of a task are those with visible code between the previous question and its own.
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
    """The tasks of one notebook in one kernel; checks after each cell whether its task was submitted."""

    def __init__(self, notebook: Path, record: Record) -> None:
        self._cells = cells_of_tasks(notebook)
        self._record = record
        self._before: dict[str, Any] = {}

    def begins(self, *_told: Any) -> None:
        """Store the current submissions; IPython calls this before a cell runs."""
        self._before = self._handed_in()

    def ends(self, result: Any) -> None:
        """Notify the card of a task whose code ran without ``submit``; IPython calls this after a cell."""
        task = self._cells.get(str(result.info.cell_id))
        if task is None or not result.success or not _does_anything(result.info.raw_cell):
            return
        if self._handed_in().get(task) == self._before.get(task):
            display_parts.tell("not_submitted", task)

    def _handed_in(self) -> dict[str, Any]:
        return {name: (entry.get("tries"), entry.get("at")) for name, entry in self._record.answers().items()}


_watched: set[Path] = set()
"""The notebooks already watched in this kernel, to prevent duplicate notifications."""


def watch(notebook: Path, record: Record) -> None:
    """Watch the tasks of ``notebook`` in this kernel; do nothing without a kernel or if there is no such file."""
    from IPython.core.getipython import get_ipython

    shell = get_ipython()
    if shell is None or notebook in _watched or not notebook.is_file():
        return
    tasks = Tasks(notebook, record)
    _watched.add(notebook)
    shell.events.register("pre_run_cell", tasks.begins)
    shell.events.register("post_run_cell", tasks.ends)


def cells_of_tasks(notebook: Path) -> dict[str, str]:
    """Return the id of the task of each cell with visible code, by cell id; empty if the notebook is damaged."""
    try:
        cells = read_notebook(notebook, at_most=LARGEST_WITH_OUTPUTS)["cells"]
        tasks: dict[str, str] = {}
        waiting: list[str] = []
        for cell in (one for one in cells if one["cell_type"] == "code"):
            asked = asked_in_cell(cell)
            if asked:
                tasks |= dict.fromkeys(waiting, asked[0])
                waiting = []
            elif not cell["metadata"].get("jupyter", {}).get("source_hidden") and "id" in cell:
                waiting = [*waiting, cell["id"]] if cell["metadata"].get("editable", True) else []
    except (KitError, KeyError, TypeError, AttributeError):
        return {}
    return tasks


def _does_anything(source: str) -> bool:
    """Whether a cell has code to run; a cell with an unfilled place does not count, since ``unfilled`` reports it."""
    body = statements(source)
    return bool(source.strip()) if body is None else bool(body) and not blanks.lines(source)
