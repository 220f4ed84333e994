"""Detection of code that ran without ``submit``, which the card of its question then shows.

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
    """The tasks of one notebook in one kernel; after each cell, checks whether its task was submitted."""

    def __init__(self, notebook: Path, record: Record) -> None:
        self._cells = cells_of_tasks(notebook)
        self._record = record
        self._before: dict[str, Any] = {}

    def begins(self, *_told: Any) -> None:
        """Store the current submissions; IPython calls it before a cell runs."""
        self._before = self._handed_in()

    def ends(self, result: Any) -> None:
        """Notify the card of a task whose code ran without ``submit``; IPython calls it after a cell."""
        task = self._cells.get(str(result.info.cell_id))
        if task is None or not result.success or not _does_anything(result.info.raw_cell):
            return
        if self._handed_in().get(task) == self._before.get(task):
            display_parts.tell("not_submitted", task)

    def _handed_in(self) -> dict[str, Any]:
        return {name: (entry.get("tries"), entry.get("at")) for name, entry in self._record.answers().items()}


_watched: set[Path] = set()
"""The notebooks that are watched in this kernel; prevents duplicate notifications."""


def watch(notebook: Path, record: Record) -> None:
    """Watch the tasks of ``notebook`` in this kernel; does nothing without a kernel or notebook."""
    from IPython.core.getipython import get_ipython

    shell = get_ipython()
    if shell is None or notebook in _watched or not notebook.is_file():
        return
    tasks = Tasks(notebook, record)
    _watched.add(notebook)
    shell.events.register("pre_run_cell", tasks.begins)
    shell.events.register("post_run_cell", tasks.ends)


def cells_of_tasks(notebook: Path) -> dict[str, str]:
    """Map the id of each cell with visible code to its task; empty if the notebook is damaged."""
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
    """Whether a cell has code to run; one with an unfilled place is reported by ``unfilled``."""
    body = statements(source)
    return bool(source.strip()) if body is None else bool(body) and not blanks.lines(source)
