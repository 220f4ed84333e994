"""Run nbgrader's ``generate_assignment`` in a staging folder without touching the gradebook.

The gradebook's rows are written later, by ``record``: if the generated files lead to the release being refused, the
gradebook stays as it was, and nbgrader need not run twice.
"""

from __future__ import annotations

import copy
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from buuchinh import course
from buuchinh.classroom import gradebook, gradebook_cells
from buuchinh.errors import KitError
from buuchinh.messages import say
from buuchinh.questions import question_bank
from buuchinh.release import source, versions

_SAVE_CELLS = ".SaveCells"
"""Ending of the class name of nbgrader's step that writes to the gradebook; instructors may replace the class."""
_Passed = tuple[str, Any, Any]
"""The postponed gradebook step's name, and the notebook and resources that were passed to that step."""


@dataclass(frozen=True)
class Staged:
    """nbgrader's output for a unit: the allowed files by name, and the postponed inputs (``passed``) for ``record``."""

    unit: str
    files: dict[str, bytes]
    passed: tuple[_Passed, ...]


def generate(unit: str, staging: Path) -> Staged:
    """Run nbgrader for ``unit`` in the folder ``staging`` and return the files that may be published.

    Raise ``KitError`` if nbgrader fails, or if the public questions could contain an answer key.
    """
    from nbgrader.converters import GenerateAssignment
    from nbgrader.coursedir import CourseDirectory

    settings = gradebook.config()
    settings.CourseDirectory.release_directory = str(staging)
    settings.CourseDirectory.assignment_id = unit
    settings.GenerateAssignment.no_database = True
    passed: list[_Passed] = []
    settings.GenerateAssignment.preprocessors = [
        _put_off(step, passed) if step.endswith(_SAVE_CELLS) else step
        for step in settings.GenerateAssignment.preprocessors
    ]
    with _nbgrader(unit) as logger:
        directory = CourseDirectory(config=settings, log=logger)
        GenerateAssignment(coursedir=directory, config=settings, log=logger).start()
    made = staging / unit
    allowed = [f"{unit}.ipynb", course.SHEET, *(name for _, name in source.public_files(unit))]
    folders = (made, course.source_folder(unit))
    files = {name: next(folder / name for folder in folders if (folder / name).exists()) for name in allowed}
    try:
        question_bank.load_public(made / course.SHEET)
    except KitError as error:
        raise KitError(say("release.not_public"), path=f"exercises/{unit}/{course.SHEET}") from error
    return Staged(unit, {name: path.read_bytes() for name, path in files.items()}, tuple(passed))


def record(staged: Staged) -> None:
    """Write a release's cells to the gradebook, as nbgrader itself would have done.

    If an earlier version with other cells has been submitted, the old cells stay beside the new ones. Raise
    ``KitError`` if there are submissions and notebooks would be added or removed, or if the gradebook cannot be opened.
    """
    from traitlets.utils.importstring import import_item

    unit = staged.unit
    made = {resources["nbgrader"]["notebook"] for _, _, resources in staged.passed}
    with gradebook.opened() as book:
        assignment = book.update_or_create_assignment(unit)
        recorded = {notebook.name for notebook in assignment.notebooks}
        count = len(assignment.submissions)
        if recorded != made and count:
            values = {"count": count, "cells": ", ".join(sorted(recorded ^ made))}
            raise KitError(say("release.stranded", **values), path=f"source/{unit}")
        for name in sorted(recorded - made):
            book.remove_notebook(name, unit)
    notebook = versions.without_outputs(json.loads(staged.files[f"{unit}.ipynb"]))
    if count and gradebook_cells.recorded(unit) != {*gradebook_cells.names(notebook)}:
        gradebook_cells.replace(unit, notebook)
        return
    # The step opens the gradebook itself: this one only turns the errors of the database into problems.
    with gradebook.opened(), _nbgrader(staged.unit) as logger:
        for step, notebook, resources in staged.passed:
            import_item(step)(config=gradebook.config(), log=logger).preprocess(notebook, resources)


def _put_off(step: str, passed: list[_Passed]) -> Any:
    """Return a preprocessor that leaves the notebook unchanged and appends its input for ``step`` to ``passed``."""

    def keep(notebook: Any, resources: Any) -> tuple[Any, Any]:
        passed.append((step, copy.deepcopy(notebook), copy.deepcopy(resources)))
        return notebook, resources

    return keep


@contextmanager
def _nbgrader(unit: str) -> Iterator[logging.Logger]:
    """Yield a logger for nbgrader, and turn nbgrader's exceptions into a ``KitError``.

    The error quotes the last line of the logged traceback, if any.
    """
    from nbgrader.converters.base import NbGraderException

    tracebacks: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if "Traceback" in (text := record.getMessage()):
                tracebacks.append(text.strip().splitlines()[-1])

    logger = logging.getLogger("buuchinh.nbgrader")
    logger.setLevel(logging.ERROR)
    logger.propagate = False
    handler = Keep()
    logger.addHandler(handler)
    try:
        yield logger
    except (NbGraderException, RuntimeError) as error:
        reason = tracebacks[0] if tracebacks else str(error)
        raise KitError(say("release.nbgrader_stopped", reason=reason), path=f"source/{unit}/{unit}.ipynb") from error
    finally:
        logger.removeHandler(handler)
