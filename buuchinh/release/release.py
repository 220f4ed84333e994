"""Release exercises and exams: run nbgrader in a staging folder, publish the allowed files, and store the version.

This module also reports breaking changes since the last release (``breaks``) and differences between ``exercises/`` and
``source/`` (``check``).
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from buuchinh import course
from buuchinh.classroom import gradebook, gradebook_cells
from buuchinh.classroom.turn import turn
from buuchinh.errors import KitError, Problem
from buuchinh.files import write_bytes
from buuchinh.messages import say
from buuchinh.notebooks import grade_id, marks_of, read_notebook
from buuchinh.questions.authored import QuestionFile
from buuchinh.questions.dated_keys import NOTES
from buuchinh.release import corrections, source, staging, versions


@dataclass(frozen=True)
class Release:
    """The result of releasing a unit (an exercise or exam) into ``exercises/``.

    ``files`` names the published files. ``changed`` is True if a file in ``exercises/`` was added, changed or removed.
    ``entered`` is True if the gradebook on this machine did not have the unit before, as after a fresh clone.
    """

    unit: str
    version: str
    files: tuple[str, ...]
    changed: bool
    entered: bool


@turn()
def release(unit: str, *, correct: bool = False, reason: str = "", provision: str = "") -> Release:
    """Publish ``source/<unit>`` to ``exercises/<unit>`` and store the released version.

    If ``correct`` is true, the answer keys of an already released version may be replaced, provided that nothing that
    trainees see has changed; earlier submissions are then scored by the corrected keys. If a released question's key
    changes, by a correction or with a new version, ``reason`` (and the changed ``provision``, if any) is recorded in
    ``corrections.csv``.

    Raise ``KitError`` if the source is faulty, if contents change under a released version, or if a key changes without
    a reason. In these cases nothing is written.
    """
    questions, _ = source.load(unit)
    version = next(iter(questions.values())).version
    staged = _staged(unit)
    files = staged.files
    notebook = json.loads(files[f"{unit}.ipynb"])
    problems = _version_faults(questions, notebook, correct=correct)
    changed_keys = _changed_keys(unit, questions)
    if not problems and not reason:
        problems = corrections.needed(changed_keys)
    if problems:
        raise KitError(problems)
    entered = not gradebook.has_unit(unit)
    staging.record(staged)
    folder = course.exercise_folder(unit)
    changed = published(folder) != files
    if changed:
        for old in published(folder).keys() - files.keys():
            (folder / old).unlink()
        for path, data in files.items():
            write_bytes(folder / path, data)
    corrections.record(changed_keys, reason, provision)
    versions.keep(unit, version, notebook)
    return Release(unit, version, tuple(sorted(files)), changed, entered)


def enter(unit: str) -> Release | None:
    """Release ``unit`` into this machine's gradebook if only that lacks it, or cells of it, as after a fresh clone.

    Return None, and write nothing, if the gradebook has the unit or if the unit was never released. Raise what
    ``release`` raises.
    """
    return None if _is_entered(unit) or not versions.versions(unit) else release(unit)


def _is_entered(unit: str) -> bool:
    """Return whether the gradebook has all cells of a released version; a run that was killed leaves only some."""
    cells = gradebook_cells.recorded(unit)
    folders = (versions.folder(unit, version) for version in reversed(versions.versions(unit)))
    notebooks = (read_notebook(folder / f"{unit}.ipynb") for folder in folders)
    return gradebook.has_unit(unit) and any(cells.issuperset(gradebook_cells.names(one)) for one in notebooks)


def check() -> list[Problem]:
    """Return a problem for each file in ``exercises/`` that differs from what ``source/`` gives; nothing is written."""
    units = source.units()
    problems: list[Problem] = []
    for unit in units:
        try:
            source.load(unit)
            files = _staged(unit).files
        except KitError as error:
            problems += error.problems
            continue
        given_out = published(course.exercise_folder(unit))
        problems += [
            Problem(f"exercises/{unit}/{path}", 0, say("release.differs"), say("release.differs_way_out", unit=unit))
            for path in sorted(files.keys() | given_out.keys())
            if files.get(path) != given_out.get(path)
        ]
    exercises = course.root() / course.EXERCISES
    orphans = [path.name for path in sorted(exercises.glob("*")) if path.is_dir() and path.name not in units]
    return problems + [Problem(f"exercises/{name}", 0, say("release.orphan")) for name in orphans]


def breaks(unit: str) -> list[Problem]:
    """Return a problem for each breaking change in the source since the last release (empty if never released)."""
    if not versions.versions(unit):
        return []
    files, notebook = source.load(unit)
    last, released = versions.released(unit), _released(unit)
    problems: list[Problem] = []
    for form, file in files.items():
        if form in released or not versions.drawn(unit):
            before = corrections.earlier(released, form)
            problems += _broken_by(source.place_of(unit, form), file, before)
    problems = list(dict.fromkeys(problems))
    cells_before, cells_after = _cells(last.notebook), _cells(notebook)
    notebook_place = f"source/{unit}/{unit}.ipynb"
    problems += [
        Problem(notebook_place, 0, say("release.cell_kind", id=name, version=last.version))
        for name in sorted(cells_before.keys() & cells_after.keys())
        if cells_before[name] != cells_after[name]
    ]
    if next(iter(files.values())).version == last.version and _seen(files) != _seen(released):
        problems.append(_needs_version(files))
    return problems


def _broken_by(place: str, file: QuestionFile, last: QuestionFile) -> Iterator[Problem]:
    """Yield a problem for each breaking change in one question file since the last release.

    A breaking change is a changed question type, seed or (as a warning) number of points.
    """
    old = {question.id: question for question in last.questions}
    new = {question.id: question for question in file.questions}
    both = sorted(old.keys() & new.keys())
    for name in both:
        if old[name].type != new[name].type:
            yield Problem(place, 0, say("release.type_changed", id=name, old=old[name].type, new=new[name].type))
    if file.seed != last.seed:
        yield Problem(place, 0, say("release.seed_changed", version=last.version))
    for name in both:
        if old[name].points != new[name].points:
            yield Problem(place, 0, say("release.points_changed", id=name, version=last.version), level="warning")


def _staged(unit: str) -> staging.Staged:
    with tempfile.TemporaryDirectory(prefix="buuchinh-") as folder:
        return staging.generate(unit, Path(folder))


def _released(unit: str, version: str | None = None) -> dict[str, QuestionFile]:
    """Return a released version's questions by test form; the default is the newest version."""
    return {form: released.questions for form, released in versions.released_forms(unit, version).items()}


def _version_faults(files: dict[str, QuestionFile], notebook: dict[str, Any], *, correct: bool) -> list[Problem]:
    """Return a problem if a released version's contents have changed, or if a new version number is too low."""
    form, file = next(iter(files.items()))
    place = source.place_of(file.unit, form)
    released = versions.versions(file.unit)
    if not released:
        return []
    if file.version not in released:
        if versions.order(file.version) < versions.order(released[-1]):
            return [Problem(place, 0, say("release.version_back", version=file.version, last=released[-1]))]
        return []
    before = _released(file.unit, file.version)
    stored = versions.released(file.unit, file.version).notebook
    if _seen(files) != _seen(before) or versions.without_outputs(notebook) != stored:
        return [_needs_version(files)]
    if _scored(files) != _scored(before) and not correct:
        way_out = say("release.keys_changed_way_out", unit=file.unit)
        return [Problem(place, 0, say("release.keys_changed", version=file.version), way_out)]
    return []


def _needs_version(files: dict[str, QuestionFile]) -> Problem:
    form, file = next(iter(files.items()))
    place = source.place_of(file.unit, form)
    way_out = say("release.same_version_exam" if versions.drawn(file.unit) else "release.same_version_way_out")
    return Problem(place, 0, say("release.same_version", version=file.version), way_out)


def _changed_keys(unit: str, files: dict[str, QuestionFile]) -> list[corrections.Change]:
    """Return the changes to released keys that have no row in ``corrections.csv`` yet.

    The list is empty for an exam's new version, since its forms are drawn anew.
    """
    released = versions.versions(unit)
    version = next(iter(files.values())).version
    if not released or (version not in released and versions.drawn(unit)):
        return []
    out = _released(unit, version if version in released else None)
    return corrections.unrecorded(corrections.of_forms(out, files))


def _scored(files: dict[str, QuestionFile]) -> dict[str, dict[str, Any]]:
    """Return the contents that scores and feedback depend on: the question files without authors' notes."""
    notes = {"questions": {"__all__": set(NOTES)}}
    return {form: file.model_dump(mode="json", exclude=notes) for form, file in files.items()}


def _seen(files: dict[str, QuestionFile]) -> bytes:
    return versions.sheet_bytes(versions.public(files))


def _cells(notebook: dict[str, Any]) -> dict[str, tuple[Any, ...]]:
    """Return each nbgrader cell's type and flags (grade, solution, task), by ``grade_id``."""
    marks = ("grade", "solution", "task")
    return {
        name: (cell["cell_type"], *(bool(marks_of(cell).get(key)) for key in marks))
        for cell in notebook["cells"]
        if (name := grade_id(cell))
    }


def published(folder: Path) -> dict[str, bytes]:
    """Return the contents of the files in a published folder by relative path, without Jupyter's checkpoints."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".ipynb_checkpoints" not in path.parts
    }
