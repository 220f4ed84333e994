"""Compare ``exercises/`` with the latest releases: trainees must receive exactly what was released."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from buuchinh import course, disk_cache
from buuchinh.errors import KitError, Problem
from buuchinh.messages import say
from buuchinh.notebooks import read_notebook, source_of
from buuchinh.questions import question_bank
from buuchinh.questions.exam_forms import FormSheet
from buuchinh.release import source, standins, versions


def units() -> list[str]:
    """Return the sorted names of all exercises and exams that have a source or a folder in ``exercises/``."""
    return sorted(set(filter(course.graded, source.units())) | set(course.released_units()))


def version(unit: str) -> str:
    """Return the version recorded in the public question sheet ``exercises/<unit>/questions.json``."""
    return question_bank.load_public(_folder(unit) / course.SHEET).version


def paths(unit: str) -> list[str]:
    """Return the paths, relative to the course, of the released files in ``exercises/<unit>``."""
    named = [f"{unit}.ipynb", course.SHEET, *(name for _, name in source.public_files(unit))]
    return [f"exercises/{unit}/{name}" for name in named]


def differences(unit: str) -> list[Problem]:
    """Return a problem for each of the unit's files that is missing or differs from the latest release, cached on disk.

    Files are compared byte for byte, except the notebook, which is compared by content: all cells must be equal, and
    the only outputs must be the stand-ins for questions.
    """
    folders = (_folder(unit), course.source_folder(unit))
    paths = [path for folder in folders if folder.is_dir() for path in disk_cache.within(folder)]
    return disk_cache.problems(f"released-{unit}", paths, lambda: _differences(unit))


def _differences(unit: str) -> list[Problem]:
    folder = _folder(unit)
    sheet, notebook = folder / course.SHEET, folder / f"{unit}.ipynb"
    if not (sheet.is_file() and notebook.is_file() and versions.versions(unit)):
        way_out = say("release.bundle.not_released_way_out", unit=unit)
        return [Problem(f"exercises/{unit}", 0, say("release.bundle.not_released"), way_out)]
    try:
        question_bank.load_public(sheet)
    except KitError:
        way_out = say("release.bundle.not_public_way_out", unit=unit)
        return [Problem(f"exercises/{unit}/{course.SHEET}", 0, say("release.bundle.not_public"), way_out)]
    try:
        changed = list(_changed(unit, folder))
    except KitError as error:
        return error.problems
    way_out = say("release.bundle.differs_way_out", unit=unit)
    return [Problem(f"exercises/{unit}/{name}", 0, say("release.bundle.differs"), way_out) for name in changed]


def _changed(unit: str, folder: Path) -> Iterator[str]:
    """Yield the name of each file in ``folder`` that differs from the latest release."""
    released = versions.released_forms(unit)
    public = versions.public({form: version.questions for form, version in released.items()})
    if (folder / course.SHEET).read_bytes() != versions.sheet_bytes(public):
        yield course.SHEET
    if _read(folder / f"{unit}.ipynb") != _with_standins(next(iter(released.values())).notebook, public):
        yield f"{unit}.ipynb"
    for _, name in source.public_files(unit):
        published, stored = folder / name, course.source_folder(unit) / name
        if not published.is_file() or not stored.is_file() or published.read_bytes() != stored.read_bytes():
            yield name


def _read(path: Path) -> dict[str, Any] | None:
    """Return a notebook with lists of lines joined into single strings, or None if the file is not a notebook."""
    try:
        notebook = read_notebook(path)
        return notebook | {"cells": [_joined(cell) for cell in notebook["cells"]]}
    except (KitError, KeyError, TypeError, AttributeError):
        return None


def _joined(cell: dict[str, Any]) -> dict[str, Any]:
    """Return a copy of ``cell`` in which source and outputs are single strings rather than lists of lines."""
    joined = cell | {"source": source_of(cell)}
    if "outputs" in cell:
        joined["outputs"] = [
            output | {"data": {kind: "".join(text) for kind, text in output["data"].items()}}
            for output in cell["outputs"]
        ]
    return joined


def _with_standins(notebook: dict[str, Any], sheet: FormSheet) -> dict[str, Any]:
    cells = [
        cell | {"outputs": standins.outputs(cell["source"], sheet)} if cell["cell_type"] == "code" else cell
        for cell in notebook["cells"]
    ]
    return notebook | {"cells": cells}


def _folder(unit: str) -> Path:
    return course.exercise_folder(unit)
