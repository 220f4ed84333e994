"""Number a notebook's questions for display: "câu 12" is the twelfth question in the notebook, whatever its id.

In a lesson, only the main part's questions are numbered; questions in collapsed sections have a title but no number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from buuchinh import course
from buuchinh.errors import KitError
from buuchinh.notebook.workspace import here, kernel_runs
from buuchinh.notebooks import asked_in, asked_in_core


def numbers(unit: str) -> Mapping[str, int]:
    """Map the ids of the questions in ``unit`` to their 1-based numbers; empty if no notebook can be read."""
    read = asked_in if course.graded(unit) else asked_in_core
    for notebook in _notebooks(unit):
        try:
            names = [name for name in read(notebook) if course.unit_of(name) == unit]
        except KitError:  # damaged or missing: try another copy
            continue
        if names:
            return {name: number for number, name in enumerate(dict.fromkeys(names), 1)}
    return {}


def _notebooks(unit: str) -> Iterator[Path]:
    """Yield possible paths of a unit's notebook: in the course, in the current folder, and in ``source/``."""
    if course.graded(unit):
        yield course.exercise_folder(unit) / f"{unit}.ipynb"
        yield here() / f"{unit}.ipynb"
        if kernel_runs():
            yield course.source_folder(unit) / f"{unit}.ipynb"
    else:
        yield from (path for path in course.lessons() if f"l{course.lesson_number(path)}" == unit)
