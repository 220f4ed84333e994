"""Define the folders and file names of the course, so that no other package spells them out.

Names are relative to ``root()``. nbgrader's five folders can be renamed in ``nbgrader_config.py``, so call
``classroom.gradebook.folder`` for their actual paths; the names here are those of nbgrader's steps.
"""

from __future__ import annotations

import os
from pathlib import Path

from buuchinh.course.units import graded, is_exercise, try_of
from buuchinh.errors import KitError
from buuchinh.messages import say
from buuchinh.parsed import once

_PACKAGE = str(Path(__file__).resolve().parent)
SETTINGS = "course.toml"
ROOT_VARIABLE = "BUUCHINH_COURSE"
"""The environment variable that names the folder of a course to use instead of the default one."""

LESSONS = "lessons"
START_PAGE = "lessons/00-bat-dau.ipynb"
"""The notebook that the lab opens first."""
DATASETS = "datasets"
BANKS = "datasets/questions"
"""The folder of the question files of lessons and short tests, ``<unit>.yml``."""
POOL = "exam/pool"
"""The folder of the question files from which exams are drawn."""

SOURCE = "source"
"""nbgrader's step for exercises and exams with their answer keys, by unit."""
EXERCISES = "exercises"
"""nbgrader's step for the files that trainees receive, by unit."""
SUBMITTED = "submitted"
"""nbgrader's step for the attempts that count towards the grade, ``<code>/<unit>/``."""
AUTOGRADED = "autograded"
"""nbgrader's step for graded notebooks, ``<code>/<unit>/``."""
FEEDBACK = "feedback"
"""nbgrader's step for feedback pages, ``<code>/<unit>/``."""

ATTEMPTS = "nop-bai"
"""The folder of all attempts as they were received, ``<unit>/<code>/<time>-<hash>/``."""
REFUSED = "khong-nhan"
"""The folder within ``ATTEMPTS`` for files that were refused."""
INBOX = "hop-thu"
"""The folder of files that were dropped on the instructor's desk and wait to be collected, ``<time>/``."""
OUTCOMES = "so-cham"
"""The folder of results (``<code>/<unit>/``), which also holds the file status cache and the run log."""
PAIR_NOTES = "ghi-bai-giong.json"
"""The file within ``OUTCOMES`` with what the instructor noted after asking two people about their equal work."""
JOBS = "viec"
"""The folder within ``OUTCOMES`` for the states of long work, which concern this machine alone: no backup has them."""
REPORTS = "reports"
DIST = "dist"
"""The folder of the bundles that are given to trainees."""
BACKUPS = "backup"
JUPYTER = ".jupyter"
"""JupyterLab's own state: settings and window layouts, which name the notebooks that were open."""
WORK = "bai-lam"
"""The only folder in which trainees' work is written, ``<code>/<unit>/``."""
OFFICE = "don-vi"
"""The folder of the post office's own data (telephone numbers, cases, photographs), which updates leave untouched."""
GUEST = "khach"
"""The folder within ``WORK`` for a trainee who has not entered a code yet."""
HANDED_IN = "da-nop"
"""The folder, within a trainee's own folder, of every zip file that was submitted."""

QUESTIONS = "questions.yml"
"""The file of questions with their answer keys, as authors write them."""
SHEET = "questions.json"
"""The file of questions without answer keys, as trainees receive them."""
ANSWERS = "answers.json"
JOURNAL = "answers.jsonl"
RECEIPT = "receipt.json"
COLLECTED = "collected.json"
"""The file with information about an attempt, stored beside the attempt's other files."""
ASKED_AGAIN = "xin-lai.json"
"""Beside a refused file: when it was asked for again, and from whom."""
TIMESTAMP = "timestamp.txt"
"""The file that tells nbgrader when an attempt was received."""
OWNER = "hoc-vien.json"
"""The file with the code of the trainee at this computer or, in a unit's folder, of the trainee who owns the work."""
RELEASES = "releases"
FORMS = "forms"
"""The folder with one question file for each test form, which an exam has instead of ``QUESTIONS``."""


def root() -> Path:
    """Return the course folder: the nearest folder that contains ``course.toml``, searching upwards.

    The search starts from the folder in ``BUUCHINH_COURSE`` or, if that is not set, from the current folder and then
    from this package. Raise ``KitError`` if there is no such folder.
    """
    named = os.environ.get(ROOT_VARIABLE)
    return once(_nearest, named) if named else once(_nearest, os.getcwd(), _PACKAGE)  # noqa: PTH109  # a name is quick


def _nearest(*starts: str) -> Path:
    for start in map(Path, starts):
        for folder in (start, *start.parents):
            if (folder / SETTINGS).is_file():
                return folder
    raise KitError(say("course.not_found"), say("course.not_found_way_out"), path=starts[0])


def source_folder(unit: str) -> Path:
    """Return the folder that holds an exercise or exam with its answer keys and releases."""
    return root() / SOURCE / unit


def exercise_folder(unit: str) -> Path:
    """Return the folder that holds an exercise or exam as trainees receive it."""
    return root() / EXERCISES / unit


def sheet_path(unit: str) -> Path:
    """Return the path of the published questions of an exercise or exam."""
    return exercise_folder(unit) / SHEET


def bank_path(unit: str) -> Path:
    """Return the path of the question file of a lesson or short test."""
    return root() / BANKS / f"{unit}.yml"


def bank_paths() -> list[Path]:
    """Return the paths of the question files of all lessons and short tests, sorted."""
    return sorted((root() / BANKS).glob("*.yml"))


def try_path(unit: str) -> Path | None:
    """Return the question file for the practice questions of the exercise ``unit``, or None if it has none."""
    path = bank_path(try_of(unit))
    return path if is_exercise(unit) and path.is_file() else None


def pool_paths() -> list[Path]:
    """Return the paths of the question files in the exam pool, sorted."""
    return sorted((root() / POOL).glob("*.yml"))


def outcome_path(name: str, code: str = "") -> Path:
    """Return the path of the file ``name`` in ``so-cham/``: in a trainee's folder or, without ``code``, the class's."""
    return root() / OUTCOMES / code / name


def codes_with(name: str) -> list[str]:
    """Return the sorted codes of the trainees about whom a file called ``name`` is kept."""
    return sorted(path.parent.name for path in (root() / OUTCOMES).glob(f"*/{name}"))


def moodle_path(unit: str) -> Path:
    """Return the path of the file, not for trainees, that holds a unit's questions and keys for Moodle."""
    return root() / f"moodle_{unit}.xml"


def scorm_path(unit: str) -> Path:
    """Return the path of the package that brings a unit of practice into a learning management system."""
    return root() / f"scorm_{unit}.zip"


def source_question_paths() -> list[Path]:
    """Return the paths of all exercises' question files with answer keys, sorted; exams have test forms instead."""
    return sorted((root() / SOURCE).glob(f"*/{QUESTIONS}"))


def released_units() -> list[str]:
    """Return the names of all released exercises and exams, sorted: ``["bt02", "bt06", "thi1"]``."""
    names = (path.parent.name for path in (root() / EXERCISES).glob(f"*/{SHEET}"))
    return sorted(filter(graded, names))


def lessons() -> list[Path]:
    """Return the paths of all lessons' notebooks in order of lesson number, without the start page."""
    return sorted(path for path in (root() / LESSONS).glob("[0-9][0-9]-*.ipynb") if not path.name.startswith("00"))


def sheet_to_print(name: str) -> Path:
    """Return the path of a printable sheet by its name; ``"the-khan-cap"`` is the wall card."""
    return root() / LESSONS / "phu-luc" / f"{name}.html"


def lesson_number(path: Path) -> str:
    """Return the two-digit number at the start of a lesson notebook's name, such as ``"05"``."""
    return path.name[:2]


def workplace(code: str | None, unit: str) -> Path:
    """Return the folder in which the trainee ``code`` works on ``unit``; ``code`` is None for a guest."""
    return root() / WORK / (code or GUEST) / unit
