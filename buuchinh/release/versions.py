"""Store and read the released versions of a unit (an exercise or exam): questions with answer keys, and pass mark.

``source/<unit>/releases/<version>/`` holds that version's questions as the author wrote them, and the released notebook
without outputs. ``<version>.toml`` beside that folder records the release's ``pass_mark`` and ``released_on``. Both are
for instructors only and are in no trainee's bundle.

An exam has test forms: several question files with the same ids. An exercise whose questions have variants also has
forms, in one file (``questions.exercise_forms``). A trainee's code determines the form, in the same way here and in the
trainee's kernel (``questions.exam_forms``).
"""

from __future__ import annotations

import json
import shutil
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from buuchinh import course, spreadsheet
from buuchinh.errors import KitError
from buuchinh.files import whole_folder, write_bytes, write_json, write_text
from buuchinh.messages import say
from buuchinh.notebooks import read_notebook, source_of
from buuchinh.parsed import once_a_run, parsed
from buuchinh.questions import exam_forms, exercise_forms, publish, question_bank, types
from buuchinh.questions.authored import AuthoredQuestion, QuestionFile
from buuchinh.questions.exam_forms import ONLY, FormSheet

SLOTS = "slots.csv"
"""Table beside the forms that records each question's pool item; its columns are form, slot, question, item, points."""
PASS_MARK_BEFORE_RECORDS = 0.8
"""Pass mark for a release without a ``<version>.toml``: the value in ``course.toml`` before marks were recorded."""
DAY_BEFORE_RECORDS = date(2026, 11, 25)
"""Release day for a version without a recorded day: days are recorded since 0.2.0."""


@dataclass(frozen=True)
class Released:
    """One test form of a released version, with answer keys; ``form`` is ``""`` if the unit has no test forms.

    ``notebook`` is the released notebook without outputs. ``path`` is the version's folder.
    """

    unit: str
    version: str
    questions: QuestionFile
    notebook: dict[str, Any]
    path: Path
    form: str = ONLY

    @cached_property
    def obscured(self) -> dict[str, AuthoredQuestion]:
        """Questions by id, in which options have the opaque ids that trainees' answers use."""
        seed = self.questions.seed
        return {question.id: publish.obscure(question, seed) for question in self.questions.questions}

    @cached_property
    def sheet(self) -> bytes:
        """This form's public questions without answer keys, in the format of an exercise's ``questions.json``."""
        return sheet_bytes(public({ONLY: self.questions}))

    @property
    def drawn(self) -> bool:
        """Whether the form was drawn from an exam's pool, whose items are reused; False for an exercise's variant."""
        return ONLY not in question_files(self.path)

    @property
    def pass_mark(self) -> float:
        """Pass mark (share of points, 0 to 1) that was recorded when this version was released."""
        return pass_mark(self.unit, self.version)


def question_files(folder: Path) -> dict[str, Path]:
    """Return the paths of the question files in a unit's or version's folder, by test form (empty if none exist)."""
    if (folder / course.QUESTIONS).is_file():
        return {ONLY: folder / course.QUESTIONS}
    return {path.stem: path for path in sorted((folder / course.FORMS).glob("*.yml"))}


def drawn(unit: str) -> bool:
    """Return whether a unit's test forms are drawn anew for each version, as an exam's forms are."""
    return ONLY not in question_files(course.source_folder(unit))


def by_form(folder: Path) -> Mapping[str, QuestionFile]:
    """Return the author's questions in a unit's or version's folder, by test form; each file is parsed only once."""
    files = question_files(folder)
    if ONLY in files:
        return parsed(exercise_forms.load, files[ONLY])
    return {form: parsed(question_bank.load, path) for form, path in files.items()}


@once_a_run
def versions(unit: str) -> list[str]:
    """Return the released versions of ``unit``, oldest first."""
    folders = _releases(unit).glob("[0-9]*")
    return sorted((path.name for path in folders if path.is_dir() and question_files(path)), key=order)


def order(version: str) -> tuple[int, ...]:
    """Return the sort key of a version: ``1.10.0`` gives (1, 10, 0)."""
    return tuple(int(part) if part.isdigit() else 0 for part in version.split("."))


def latest(unit: str) -> str:
    """Return the newest released version of ``unit``; raise ``KitError`` if the unit was never released."""
    released_versions = versions(unit)
    if not released_versions:
        raise KitError(say("release.never", unit=unit), say("release.never_way_out", unit=unit), path=f"source/{unit}")
    return released_versions[-1]


def released(unit: str, version: str | None = None, form: str | None = None) -> Released:
    """Return one test form of a released version; the default is the newest version's first form.

    Each form is parsed once per process. All forms share one notebook and the same question ids; ``released_for``
    decides which form scores a trainee's answers. Raise ``KitError`` if the version does not exist.
    """
    version = version or latest(unit)
    if version not in versions(unit):
        raise KitError(say("release.no_version", unit=unit, version=version), path=f"source/{unit}/releases")
    folder = _releases(unit) / version
    forms, files = by_form(folder), question_files(folder)
    name = form if form is not None and form in forms else next(iter(forms))
    notebook = folder / f"{unit}.ipynb"

    def read(_: Path) -> Released:
        cells = without_outputs(read_notebook(notebook))
        return Released(unit, version, forms[name], cells, folder, name)

    return parsed(read, files.get(name) or files[ONLY], notebook, key=(unit, name))


def released_forms(unit: str, version: str | None = None) -> dict[str, Released]:
    """Return all test forms of a released version (the newest by default), by name of the form.

    Raise ``KitError`` if the version does not exist.
    """
    version = version or latest(unit)
    forms = by_form(_releases(unit) / version)
    return {form: released(unit, version, form) for form in forms} or {ONLY: released(unit, version)}


def released_for(unit: str, version: str | None, code: str) -> Released:
    """Return the test form that scores a submission: of the submitted version or, if that is unknown, of the newest.

    If there are test forms, the trainee's code in the class list (``code``) determines the form; the form named in the
    submission itself is ignored.
    """
    version = version if version in versions(unit) else latest(unit)
    return released(unit, version, form_for(unit, by_form(_releases(unit) / version), code))


def form_for(unit: str, forms: Iterable[str], code: str) -> str:
    """Return the test form that a trainee gets: the only one, or the form that the trainee's code determines.

    ``forms`` holds the names of the version's forms.
    """
    names = list(forms)
    return ONLY if ONLY in names else exam_forms.pick(unit, names, code)


@once_a_run
def pass_mark(unit: str, version: str) -> float:
    """Return a released version's pass mark (share of points, 0 to 1), regardless of the current ``course.toml``.

    Raise ``KitError`` if the record is unreadable: a verdict never silently falls back to the current pass mark.
    """
    path = _record(unit, version)
    return parsed(_read_pass_mark, path) if path.is_file() else PASS_MARK_BEFORE_RECORDS


def released_on(unit: str, version: str) -> date:
    """Return the day on which a version was released, or ``DAY_BEFORE_RECORDS`` if no day is recorded.

    Raise ``KitError`` if the recorded value is not a date.
    """
    path = _record(unit, version)
    return parsed(_read_day, path) if path.is_file() else DAY_BEFORE_RECORDS


def _read_day(path: Path) -> date:
    found = _read_record(path).get("released_on", DAY_BEFORE_RECORDS)
    if not isinstance(found, date) or isinstance(found, datetime):
        way_out = say("release.bad_day_way_out")
        raise KitError(say("release.bad_day"), way_out, path=question_bank.shown(path))
    return found


def _read_record(path: Path) -> dict[str, Any]:
    """Return the contents of a release's TOML record, or {} if the record is damaged."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        return {}


def _read_pass_mark(path: Path) -> float:
    mark = _read_record(path).get("pass_mark")
    if not isinstance(mark, int | float) or isinstance(mark, bool) or not 0 < mark <= 1:
        way_out = say("release.bad_pass_mark_way_out")
        raise KitError(say("release.bad_pass_mark"), way_out, path=question_bank.shown(path))
    return float(mark)


def pass_mark_for(unit: str, version: str) -> float:
    """Return a version's pass mark: the recorded one if the version is released, or else the one in ``course.toml``."""
    return pass_mark(unit, version) if version in versions(unit) else course.settings().pass_mark


def _record(unit: str, version: str) -> Path:
    return _releases(unit) / f"{version}.toml"


def folder(unit: str, version: str) -> Path:
    """Return the folder in which a released version is stored."""
    return _releases(unit) / version


def _releases(unit: str) -> Path:
    return course.source_folder(unit) / course.RELEASES


def items_of(released: Released) -> dict[str, str]:
    """Map a form's question ids to the ids of the pool items from which the questions were drawn.

    The mapping is empty if the draw was not recorded, as for an exercise.
    """
    path = released.path / course.FORMS / SLOTS
    rows = spreadsheet.rows(path)[1:] if path.is_file() else []
    return {cells[2]: cells[3] for _, cells in rows if cells[0] == released.form}


def public(files: Mapping[str, QuestionFile]) -> FormSheet:
    """Return the public part of the author's question files, without anything that would reveal an answer key.

    ``files`` maps test forms to question files.
    """
    return FormSheet.joined({form: publish.sheet(file) for form, file in files.items()})


def sheet_bytes(sheet: FormSheet) -> bytes:
    """Return ``sheet`` as the bytes of a ``questions.json`` file: under ``forms`` if it has any, or ``questions``."""
    plain: dict[str, Any] = {"unit": sheet.unit, "version": sheet.version, "title": sheet.title}
    forms = {form: list(map(publish.public_json, questions)) for form, questions in sheet.forms.items()}
    plain |= {"forms": forms} if sheet.has_forms else {"questions": forms[ONLY]}
    return (json.dumps(plain, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode("utf-8")


def keep(unit: str, version: str, notebook: dict[str, Any]) -> None:
    """Store the unit's questions in ``source/``, and ``notebook``, as a released version.

    The questions are written last, since their presence makes the version exist. The pass mark and the day are recorded
    only for a new version; storing a version again does not change them.
    """
    path = _releases(unit) / version
    if version not in versions(unit):
        mark, day = course.settings().pass_mark, course.today()
        write_text(_record(unit, version), f"pass_mark = {mark!r}\nreleased_on = {day.isoformat()}\n")
    write_json(path / f"{unit}.ipynb", without_outputs(notebook))
    source = course.source_folder(unit)
    files = question_files(source)
    if ONLY in files:
        for question in question_bank.load(files[ONLY]).questions:
            for name in types.type_of(question).files(question):
                if (source / name).is_file():
                    write_bytes(path / name, (source / name).read_bytes())
        write_bytes(path / course.QUESTIONS, files[ONLY].read_bytes())
    else:
        _keep_forms(source / course.FORMS, path / course.FORMS)


def _keep_forms(folder: Path, target: Path) -> None:
    """Copy all test forms in one step, since with only some of the forms a trainee would get the wrong one."""
    if target.is_dir():
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                write_bytes(target / path.relative_to(folder), path.read_bytes())
        return
    with whole_folder(target) as fresh:
        shutil.copytree(folder, fresh, dirs_exist_ok=True)


def without_outputs(notebook: dict[str, Any]) -> dict[str, Any]:
    """Return a copy of ``notebook`` without outputs, in which each cell's source is a single string.

    Stand-in outputs are made by this package, not by the author, so a change in their appearance needs no new version.
    """
    cells = []
    for cell in notebook["cells"]:
        empty: dict[str, Any] = {"outputs": [], "execution_count": None} if cell["cell_type"] == "code" else {}
        cells.append(cell | {"source": source_of(cell)} | empty)
    return notebook | {"cells": cells}
