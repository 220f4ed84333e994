"""Make the class to practise on: copy the course, then fill it with people and hand-ins in a process of its own.

The second process has the new folder as its course, so the course that this process uses stays the real one.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from buuchinh import course
from buuchinh.classroom import gradebook
from buuchinh.course.layout import ROOT_VARIABLE
from buuchinh.errors import KitError, Problem
from buuchinh.files import read_text, reason, write_text
from buuchinh.messages import say
from buuchinh.practice_class import practice_folder
from buuchinh.practice_class.class_data import made_up_class
from buuchinh.release import versions
from buuchinh.release.instructor_bundle_files import list_instructor_files

Show = Callable[[int, int, str], None]
"""Is called with the number of finished steps, the number of all steps, and a sentence about the step that begins."""

STEPS = 6
"""Number of steps: copying, and those of ``fill_practice_class``."""
_COPIED = (course.SOURCE, course.EXERCISES, course.LESSONS, course.DATASETS, "exam")
_OWN_GRADEBOOK = """

# A class to practise on keeps its gradebook and folders here, wherever those of the real class are.
from pathlib import Path as _Path

from buuchinh import course as _course
from buuchinh.classroom import gradebook as _gradebook

_folder = _Path(__file__).resolve().parent
c.CourseDirectory.root = str(_folder)
c.CourseDirectory.source_directory = _course.SOURCE
c.CourseDirectory.release_directory = _course.EXERCISES
c.CourseDirectory.submitted_directory = _course.SUBMITTED
c.CourseDirectory.autograded_directory = _course.AUTOGRADED
c.CourseDirectory.feedback_directory = _course.FEEDBACK
c.CourseDirectory.db_url = _gradebook.address_of(_folder / "gradebook.db")
c.Exchange.root = str(_folder / "exchange")
"""
"""End of the copied ``nbgrader_config.py``, which overrides what a real class may have set there."""


@dataclass(frozen=True)
class PracticeClass:
    """The class to practise on; ``made`` is False if it existed already, and ``seconds`` is the time that it took."""

    folder: Path
    made: bool
    people: int
    seconds: float


def _silence(_done: int, _total: int, _sentence: str) -> None:
    pass


def make(*, again: bool = False, show: Show = _silence) -> PracticeClass:
    """Make the class to practise on beside the course, unless it exists already, and return it.

    With ``again``, an existing one is removed first. A class that was interrupted while it was made is made anew.
    Raise ``KitError`` if another folder is in the way, if the folder cannot be written, if the course lacks what the
    class is made of, as a trainee's bundle does, or if the course in use is itself the class that should be made anew.
    """
    begun = time.monotonic()
    folder, people = practice_folder.place(), len(made_up_class().people)
    practice_folder.refuse_others(folder)
    if practice_folder.is_ready(folder) and not again:
        return PracticeClass(folder, made=False, people=people, seconds=time.monotonic() - begun)
    if course.is_practice_class():
        raise KitError(say("practice_class.inside"), say("practice_class.inside_way_out"))
    real = course.root().resolve()
    files = _files_of(real)
    practice_folder.remove()
    try:
        folder.mkdir()
        practice_folder.mark(folder, real, ready=False)
    except OSError as error:
        with contextlib.suppress(OSError):
            folder.rmdir()  # only if it is empty
        words = say("practice_class.no_folder", reason=reason(error))
        raise KitError(words, say("practice_class.no_folder_way_out"), path=str(folder)) from error
    with practice_folder.being_made(folder):
        show(0, STEPS, say("practice_class.steps.copy"))
        _copy(real, folder, files)
        _fill(folder, show)
        practice_folder.mark(folder, real, ready=True)
    return PracticeClass(folder, made=True, people=people, seconds=time.monotonic() - begun)


def _files_of(real: Path) -> list[str]:
    """Return the paths of the course's own files to copy: those of an instructor's bundle, without the program."""
    missing = [name for name in (course.SETTINGS, gradebook.CONFIG, course.SOURCE) if not (real / name).exists()]
    if missing:
        way_out = say("practice_class.not_here_way_out")
        raise KitError([Problem(name, 0, say("practice_class.not_here"), way_out) for name in missing])
    listed = [path for path in list_instructor_files().paths if path.startswith(tuple(f"{top}/" for top in _COPIED))]
    return [course.SETTINGS, gradebook.CONFIG, *listed]


def _copy(real: Path, folder: Path, files: list[str]) -> None:
    """Copy the course's files; the title says that the class is made up, and nobody's address goes along."""
    for name in files:
        if (real / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(real / name, folder / name)
    for unit in made_up_class().units:  # as it was released: what its author has changed since is not given out yet
        released = folder / course.SOURCE / unit / course.RELEASES / versions.latest(unit)
        shutil.copytree(released, folder / course.SOURCE / unit, dirs_exist_ok=True)
    settings = read_text(folder / course.SETTINGS)
    title = json.dumps(say("practice_class.title", title=course.settings().title), ensure_ascii=False)
    settings = re.sub(r"(?m)^title[ \t]*=[^\n]*$", lambda _: f"title = {title}", settings, count=1)
    settings = re.sub(r"(?m)^(name|channel)[ \t]*=[^\n]*$", r'\1 = ""', settings)
    write_text(folder / course.SETTINGS, settings)
    write_text(folder / gradebook.CONFIG, read_text(folder / gradebook.CONFIG) + _OWN_GRADEBOOK)


def _fill(folder: Path, show: Show) -> None:
    """Run ``fill_practice_class`` in a process whose course is ``folder``; end it if this process is interrupted."""
    package = str(Path(__file__).resolve().parents[2])
    paths = [package, *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
    environment = {
        **os.environ,
        ROOT_VARIABLE: str(folder),
        "PYTHONPATH": os.pathsep.join(dict.fromkeys(paths)),
        "PYTHONUTF8": "1",
    }
    environment.pop(gradebook.URL_VARIABLE, None)
    with subprocess.Popen(
        [sys.executable, "-m", "buuchinh.practice_class.fill_practice_class"],
        cwd=folder, env=environment, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True, encoding="utf-8",
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    ) as process:  # fmt: skip
        try:
            assert process.stdout
            problems = list(_followed(process.stdout, show))
            code = process.wait()
        finally:
            if process.poll() is None:
                process.terminate()
    if problems or code:
        raise KitError(problems or [Problem(str(folder), 0, say("practice_class.stopped", code=code))])


def _followed(lines: Iterator[str], show: Show) -> Iterator[Problem]:
    """Show each step that the other process begins, and yield each problem that it meets."""
    for line in lines:
        news = json.loads(line) if line.startswith("{") else {}
        if "problem" in news:
            yield Problem(**news["problem"])
        elif "sentence" in news:
            show(int(news["done"]), STEPS, str(news["sentence"]))
