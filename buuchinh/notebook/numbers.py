"""The numbers by which people know questions: "câu 12" is the twelfth that the notebook asks, whatever its id.

In a lesson the part that stands open is counted; what is folded has a title, and no number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from buuchinh import course
from buuchinh.errors import KitError
from buuchinh.notebook.workspace import here, kernel_runs
from buuchinh.notebooks import asked_in, asked_in_core


def numbers(unit: str) -> Mapping[str, int]:
    """Return the number of each question of ``unit`` by the id that its notebook asks; empty where none can be read."""
    read = asked_in if course.graded(unit) else asked_in_core
    for notebook in _notebooks(unit):
        try:
            asked = [name for name in read(notebook) if course.unit_of(name) == unit]
        except KitError:  # damaged, or not there: another copy tells
            continue
        if asked:
            return {name: number for number, name in enumerate(dict.fromkeys(asked), 1)}
    return {}


def _notebooks(unit: str) -> Iterator[Path]:
    """Yield where the notebook of a unit may lie: as the course has it, beside the answers, with the author."""
    if course.graded(unit):
        yield course.exercise_folder(unit) / f"{unit}.ipynb"
        yield here() / f"{unit}.ipynb"
        if kernel_runs():
            yield course.source_folder(unit) / f"{unit}.ipynb"
    else:
        yield from (path for path in course.lessons() if f"l{course.lesson_number(path)}" == unit)
