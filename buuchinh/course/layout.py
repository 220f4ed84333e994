"""Define the layout of the course folder; no other package writes these names out.

Names are relative to ``root()``. nbgrader's five folders can be renamed in ``nbgrader_config.py``, so call
``classroom.gradebook.folder`` for their actual paths; the names here are those of nbgrader's steps.
"""

from __future__ import annotations

import os
from pathlib import Path

from buuchinh.course.units import graded, is_exercise, try_of
from buuchinh.errors import KitError, Problem
from buuchinh.messages import say

SETTINGS = "course.toml"
ROOT_VARIABLE = "BUUCHINH_COURSE"
"""The environment variable that names the folder of another course."""

LESSONS = "lessons"
START_PAGE = "lessons/00-bat-dau.ipynb"
"""The notebook that the lab opens first."""
DATASETS = "datasets"
BANKS = "datasets/questions"
"""Question files of lessons and short tests: ``<unit>.yml``."""
POOL = "exam/pool"
"""Question files from which exams are drawn."""

SOURCE = "source"
"""nbgrader's step: exercises and exams with their answer keys, by unit."""
EXERCISES = "exercises"
"""nbgrader's step: the files that trainees receive, by unit."""
SUBMITTED = "submitted"
"""nbgrader's step: the attempt that counts towards the grade, ``<code>/<unit>/``."""
AUTOGRADED = "autograded"
"""nbgrader's step: graded notebooks, ``<code>/<unit>/``."""
FEEDBACK = "feedback"
"""nbgrader's step: feedback pages, ``<code>/<unit>/``."""

ATTEMPTS = "nop-bai"
"""Every attempt as it was received, ``<unit>/<code>/<time>-<hash>/``."""
REFUSED = "khong-nhan"
"""The folder within ``ATTEMPTS`` for refused files."""
OUTCOMES = "so-cham"
"""Results in ``<code>/<unit>/``, the file status cache and the run log."""
REPORTS = "reports"
DIST = "dist"
"""Bundles for trainees."""
BACKUPS = "backup"
JUPYTER = ".jupyter"
"""JupyterLab's own state: settings and window layouts, which name the notebooks that were open."""
WORK = "bai-lam"
"""The only folder to which trainees' work is written, ``<code>/<unit>/``."""
OFFICE = "don-vi"
"""The post office's own data: telephone numbers, cases and photographs; updates leave it untouched."""
GUEST = "khach"
"""The folder within ``WORK`` of a trainee who has not entered a code yet."""
HANDED_IN = "da-nop"
"""The folder, within a trainee's own, for every zip file that was handed in."""

QUESTIONS = "questions.yml"
"""Questions with their answer keys, as authors write them."""
SHEET = "questions.json"
"""Questions without answer keys, as trainees receive them."""
ANSWERS = "answers.json"
JOURNAL = "answers.jsonl"
RECEIPT = "receipt.json"
COLLECTED = "collected.json"
"""Information about an attempt, stored beside its files."""
TIMESTAMP = "timestamp.txt"
"""The time at which an attempt was received, for nbgrader."""
OWNER = "hoc-vien.json"
"""The code of the trainee at this computer or, in a unit's folder, of the trainee to whom the work belongs."""
RELEASES = "releases"
FORMS = "forms"
"""A folder with a file for each test form, which an exam has instead of ``QUESTIONS``."""


def root() -> Path:
    """Return the course folder: the nearest one, searching upwards, that contains ``course.toml``.

    The search starts from the folder in ``BUUCHINH_COURSE`` or, if that is not set, from the current folder and then
    from this package. Raise ``KitError`` if there is no such folder.
    """
    named = os.environ.get(ROOT_VARIABLE)
    starts = [Path(named)] if named else [Path.cwd(), Path(__file__).resolve().parent]
    for start in starts:
        for folder in (start, *start.parents):
            if (folder / SETTINGS).is_file():
                return folder
    raise KitError([Problem(str(starts[0]), 0, say("course.not_found"), say("course.not_found_way_out"))])


def source_folder(unit: str) -> Path:
    """Return the folder of an exercise or exam with its answer keys and releases."""
    return root() / SOURCE / unit


def exercise_folder(unit: str) -> Path:
    """Return the folder of an exercise or exam with the files for trainees."""
    return root() / EXERCISES / unit


def sheet_path(unit: str) -> Path:
    """Return the file of an exercise or exam with the published questions for trainees."""
    return exercise_folder(unit) / SHEET


def bank_path(unit: str) -> Path:
    """Return the question file of a lesson or short test."""
    return root() / BANKS / f"{unit}.yml"


def bank_paths() -> list[Path]:
    """Return the question files of all lessons and short tests, sorted."""
    return sorted((root() / BANKS).glob("*.yml"))


def try_path(unit: str) -> Path | None:
    """Return the question file of the tries before the parts of ``unit``, or None if it has none, as for an exam."""
    path = bank_path(try_of(unit))
    return path if is_exercise(unit) and path.is_file() else None


def pool_paths() -> list[Path]:
    """Return the question files of the exam pool, sorted."""
    return sorted((root() / POOL).glob("*.yml"))


def source_question_paths() -> list[Path]:
    """Return the question files with answer keys of all exercises, sorted; exams have test forms instead."""
    return sorted((root() / SOURCE).glob(f"*/{QUESTIONS}"))


def released_units() -> list[str]:
    """Return the released exercises and exams, sorted: ``["bt02", "bt06", "thi1"]``."""
    names = (path.parent.name for path in (root() / EXERCISES).glob(f"*/{SHEET}"))
    return sorted(filter(graded, names))


def lessons() -> list[Path]:
    """Return the notebooks of the lessons in order of number, without the start page."""
    return sorted(path for path in (root() / LESSONS).glob("[0-9][0-9]-*.ipynb") if not path.name.startswith("00"))


def sheet_to_print(name: str) -> Path:
    """Return the page of a printable sheet by its name: ``"the-khan-cap"`` is the wall card."""
    return root() / LESSONS / "phu-luc" / f"{name}.html"


def lesson_number(path: Path) -> str:
    """Return the number in the name of a lesson's notebook, for instance ``"05"``."""
    return path.name[:2]


def workplace(code: str | None, unit: str) -> Path:
    """Return the folder in which a trainee works on ``unit``; ``code`` is None for a guest."""
    return root() / WORK / (code or GUEST) / unit
