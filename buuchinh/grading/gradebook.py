"""nbgrader's configuration, folders and gradebook, as the course's ``nbgrader_config.py`` sets them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from buuchinh import course
from buuchinh.errors import KitError, Problem
from buuchinh.messages import say

CONFIG = "nbgrader_config.py"
_STEPS = {"exercises": "release_directory"}


def config() -> Config:
    """Return what ``nbgrader_config.py`` sets; the file is the instructor's, so it is run, as nbgrader does."""
    root = course.root()
    if not (root / CONFIG).is_file():
        raise KitError([Problem(CONFIG, 0, say("files.missing"))])
    return PyFileConfigLoader(CONFIG, path=str(root)).load_config()


def url() -> str:
    """Return the address of the gradebook: SQLite at the root, or ``BUUCHINH_DB_URL``."""
    return str(config().CourseDirectory.db_url)


def folder(step: str) -> Path:
    """Return the folder of ``source``, ``exercises``, ``submitted``, ``autograded`` or ``feedback``."""
    settings = config().CourseDirectory
    return Path(settings.root) / str(settings[_STEPS.get(step, f"{step}_directory")])


@contextmanager
def opened() -> Iterator[Any]:
    """Open nbgrader's ``Gradebook``; ``KitError`` where the database cannot be reached."""
    from nbgrader.api import Gradebook
    from sqlalchemy.exc import OperationalError

    settings = config().CourseDirectory
    try:
        with Gradebook(str(settings.db_url), str(settings.course_id)) as book:
            yield book
    except OperationalError as error:
        raise KitError(say("roster.no_gradebook", reason=str(error.orig).splitlines()[0])) from error


def students() -> list[str]:
    """Return the codes of all trainees in the gradebook, sorted."""
    with opened() as book:
        return sorted(student.id for student in book.students)
