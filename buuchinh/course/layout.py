"""Layout of the course's folder; no other room spells these names.

Names are relative to ``root()``. nbgrader's five folders can be renamed in ``nbgrader_config.py``: ask
``classroom.gradebook.folder`` for their paths; the names here are nbgrader's steps.
"""

from __future__ import annotations

import os
from pathlib import Path

from buuchinh.course.units import graded, is_exercise, try_of
from buuchinh.errors import KitError, Problem
from buuchinh.messages import say

SETTINGS = "course.toml"
ROOT_VARIABLE = "BUUCHINH_COURSE"
"""The environment variable that names another course's folder."""

LESSONS = "lessons"
START_PAGE = "lessons/00-bat-dau.ipynb"
"""The notebook that the lab opens with."""
DATASETS = "datasets"
BANKS = "datasets/questions"
"""The question files of lessons and short tests, ``<unit>.yml``."""
POOL = "exam/pool"
"""The items that exams are drawn from."""

SOURCE = "source"
"""nbgrader's step: exercises and exams with their answer keys, by unit."""
EXERCISES = "exercises"
"""nbgrader's step: what trainees are given, by unit."""
SUBMITTED = "submitted"
"""nbgrader's step: the attempt that counts, ``<code>/<unit>/``."""
AUTOGRADED = "autograded"
"""nbgrader's step: graded notebooks, ``<code>/<unit>/``."""
FEEDBACK = "feedback"
"""nbgrader's step: feedback pages, ``<code>/<unit>/``."""

ATTEMPTS = "nop-bai"
"""Every attempt as it came, ``<unit>/<code>/<time>-<hash>/``."""
REFUSED = "khong-nhan"
"""The folder, within ``ATTEMPTS``, of what was refused."""
OUTCOMES = "so-cham"
"""Outcomes by ``<code>/<unit>/``, the stat cache and the run log."""
REPORTS = "reports"
DIST = "dist"
"""Bundles for trainees."""
BACKUPS = "backup"
JUPYTER = ".jupyter"
"""What JupyterLab keeps for itself: window layout, which names the notebooks that were open, settings."""
WORK = "bai-lam"
"""The only folder in which a trainee's work is written, ``<code>/<unit>/``."""
OFFICE = "don-vi"
"""What a post office adds of its own: its telephone numbers, cases and photographs; no update touches it."""
GUEST = "khach"
"""The folder, within ``WORK``, of somebody who has not given a code yet."""
HANDED_IN = "da-nop"
"""The folder, within a trainee's own, that keeps every zip that was handed in."""

QUESTIONS = "questions.yml"
"""Questions with their answer keys, as an author writes them."""
SHEET = "questions.json"
"""Questions without keys, as a trainee is given them."""
ANSWERS = "answers.json"
JOURNAL = "answers.jsonl"
RECEIPT = "receipt.json"
COLLECTED = "collected.json"
"""What is known of an attempt, beside its files."""
TIMESTAMP = "timestamp.txt"
"""When an attempt came, for nbgrader."""
OWNER = "hoc-vien.json"
"""Whose work this is: the code of the trainee at this computer."""
RELEASES = "releases"
FORMS = "forms"
"""What an exam has in place of ``QUESTIONS``: a folder with a file for each test form."""


def root() -> Path:
    """Return the course's folder: ``BUUCHINH_COURSE``, or the nearest one upwards that holds ``course.toml``.

    The search starts from the current folder, then from this package. Raises ``KitError`` where there is none.
    """
    named = os.environ.get(ROOT_VARIABLE)
    starts = [Path(named)] if named else [Path.cwd(), Path(__file__).resolve().parent]
    for start in starts:
        for folder in (start, *start.parents):
            if (folder / SETTINGS).is_file():
                return folder
    raise KitError([Problem(str(starts[0]), 0, say("course.not_found"), say("course.not_found_way_out"))])


def source_folder(unit: str) -> Path:
    """Return the folder of an exercise or exam with its keys and releases."""
    return root() / SOURCE / unit


def exercise_folder(unit: str) -> Path:
    """Return the folder of the trainees' files of an exercise or exam."""
    return root() / EXERCISES / unit


def sheet_path(unit: str) -> Path:
    """Return the file of the public questions for trainees."""
    return exercise_folder(unit) / SHEET


def bank_path(unit: str) -> Path:
    """Return the question file of a lesson or short test."""
    return root() / BANKS / f"{unit}.yml"


def bank_paths() -> list[Path]:
    """Return the question files of all lessons and short tests, sorted."""
    return sorted((root() / BANKS).glob("*.yml"))


def try_path(unit: str) -> Path | None:
    """Return the question file of the tries before the parts of ``unit``; None without tries, as in an exam."""
    path = bank_path(try_of(unit))
    return path if is_exercise(unit) and path.is_file() else None


def pool_paths() -> list[Path]:
    """Return the question files of the exam pool, sorted."""
    return sorted((root() / POOL).glob("*.yml"))


def source_question_paths() -> list[Path]:
    """Return the question files of all exercises, with their keys, sorted; an exam has test forms instead."""
    return sorted((root() / SOURCE).glob(f"*/{QUESTIONS}"))


def released_units() -> list[str]:
    """Return the released exercises and exams in order: ``["bt02", "bt06", "thi1"]``."""
    names = (path.parent.name for path in (root() / EXERCISES).glob(f"*/{SHEET}"))
    return sorted(filter(graded, names))


def lessons() -> list[Path]:
    """Return the lessons' notebooks in order, without the start page."""
    return sorted(path for path in (root() / LESSONS).glob("[0-9][0-9]-*.ipynb") if not path.name.startswith("00"))


def sheet_to_print(name: str) -> Path:
    """Return the page of a sheet to print: ``"the-khan-cap"`` is the wall card."""
    return root() / LESSONS / "phu-luc" / f"{name}.html"


def lesson_number(path: Path) -> str:
    """Return the number in the name of a lesson's notebook: ``"05"``."""
    return path.name[:2]


def workplace(code: str | None, unit: str) -> Path:
    """Return the folder in which the trainee ``code`` works on ``unit``."""
    return root() / WORK / (code or GUEST) / unit
