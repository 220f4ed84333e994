"""Released versions of a unit: the answer keys by which a submission of a version is scored, and its pass mark.

``source/<unit>/releases/<version>/`` holds the author's questions as they were and the released
notebook without outputs; ``<version>.toml`` beside that folder has what else belongs to the release
(``pass_mark``). Instructor side only; no bundle carries either.

An exam has test forms: several files of questions under the same ids. A trainee's code picks one,
here and in the trainee's kernel in the same way (``questions.test_forms``).
"""

from __future__ import annotations

import json
import shutil
import tempfile
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from buuchinh import course, spreadsheet
from buuchinh.errors import KitError, Problem
from buuchinh.files import read_json, write_bytes, write_json, write_text
from buuchinh.messages import say
from buuchinh.questions import bank, publish, test_forms
from buuchinh.questions.authored import AuthoredQuestion, QuestionFile
from buuchinh.questions.test_forms import ONLY, FormSheet

SLOTS = "slots.csv"
"""Among the forms: which item of the pool stands behind each question (columns form, slot, question, item)."""
PASS_MARK_BEFORE_RECORDS = 0.8
"""The pass mark of a release without a ``<version>.toml``: what ``course.toml`` said before marks were recorded."""


@dataclass(frozen=True)
class Released:
    """One released version of an exercise, or one form of a released exam; ``form`` is "" where there are none."""

    unit: str
    version: str
    questions: QuestionFile
    notebook: dict[str, Any]
    path: Path
    form: str = ""

    @cached_property
    def obscured(self) -> dict[str, AuthoredQuestion]:
        """The questions with the opaque option ids that trainees' answers carry, by id."""
        seed = self.questions.seed
        return {question.id: publish.obscure(question, seed) for question in self.questions.questions}

    @cached_property
    def sheet(self) -> bytes:
        """The public questions as they were given out: no key, nothing that tells one."""
        return sheet_bytes(public({ONLY: self.questions}))

    @property
    def pass_mark(self) -> float:
        """The share of points (0 to 1) that passes this version, as it was when the version was released."""
        return pass_mark(self.unit, self.version)


def question_files(folder: Path) -> dict[str, Path]:
    """Return the author's files of questions in the folder of a unit or of a version, by form; "" names one alone."""
    if (folder / course.QUESTIONS).is_file():
        return {"": folder / course.QUESTIONS}
    return {path.stem: path for path in sorted((folder / course.FORMS).glob("*.yml"))}


def versions(unit: str) -> list[str]:
    """Return the released versions of ``unit``, oldest first."""
    folders = (course.source_folder(unit) / "releases").glob("[0-9]*")
    return sorted((path.name for path in folders if path.is_dir() and question_files(path)), key=order)


def order(version: str) -> tuple[int, ...]:
    """Return ``1.10.0`` as numbers, to compare by."""
    return tuple(int(part) if part.isdigit() else 0 for part in version.split("."))


def latest(unit: str) -> str:
    """Return the newest released version; ``KitError`` where ``unit`` was never released."""
    found = versions(unit)
    if not found:
        raise KitError(
            [Problem(f"source/{unit}", 0, say("release.never", unit=unit), say("release.never_way_out", unit=unit))]
        )
    return found[-1]


def released(unit: str, version: str | None = None, form: str | None = None) -> Released:
    """Return one released version, the newest by default, and of an exam one form, the first by default.

    Raises ``KitError`` where there is no such version. All forms have the same notebook and ask
    under the same ids; what a trainee's answers mean only ``released_for`` knows.
    """
    chosen = version or latest(unit)
    if chosen not in versions(unit):
        raise KitError([Problem(f"source/{unit}/releases", 0, say("release.no_version", unit=unit, version=chosen))])
    path = course.source_folder(unit) / "releases" / chosen
    files = question_files(path)
    named = form if form in files else next(iter(files))
    about = [(one.stat().st_mtime_ns, one.stat().st_size) for one in (files[named], path / f"{unit}.ipynb")]
    return _read(unit, chosen, path, named, tuple(about))


@lru_cache(maxsize=32)
def _read(unit: str, version: str, path: Path, form: str, _state: tuple[tuple[int, int], ...]) -> Released:
    """Read a version once a run: its YAML takes longer than the scoring of a whole hand-in."""
    notebook = read_json(path / f"{unit}.ipynb", at_most=50_000_000)
    questions = bank.load(question_files(path)[form])
    return Released(unit, version, questions, without_outputs(notebook), path, form)


def released_forms(unit: str, version: str | None = None) -> dict[str, Released]:
    """Return every form of a released version by name; "" names the one of an exercise without forms."""
    chosen = version or latest(unit)
    files = question_files(course.source_folder(unit) / "releases" / chosen)
    return {form: released(unit, chosen, form) for form in files} or {"": released(unit, chosen)}


def released_for(unit: str, version: str | None, code: str) -> Released:
    """Return what the hand-in of one trainee is scored by: the version handed in, or the newest.

    Of an exam it is the form that belongs to ``code``, the code of the class list: which form the
    hand-in itself claims is never asked.
    """
    chosen = version if version in versions(unit) else latest(unit)
    files = question_files(course.source_folder(unit) / "releases" / chosen)
    return released(unit, chosen, "" if "" in files else test_forms.pick(unit, files, code))


def pass_mark(unit: str, version: str) -> float:
    """Return the share of points (0 to 1) that passes a released version; a later ``course.toml`` does not change it.

    Raises ``KitError`` where the record is not readable: a verdict never falls back to the present mark in silence.
    """
    path = _record(unit, version)
    if not path.is_file():
        return PASS_MARK_BEFORE_RECORDS
    try:
        mark = tomllib.loads(path.read_text(encoding="utf-8-sig"))["pass_mark"]
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError):
        mark = None
    if not isinstance(mark, int | float) or isinstance(mark, bool) or not 0 < mark <= 1:
        way_out = say("release.bad_pass_mark_way_out")
        raise KitError([Problem(bank.shown(path), 0, say("release.bad_pass_mark"), way_out)])
    return float(mark)


def pass_mark_for(unit: str, version: str) -> float:
    """Return the pass mark of a version of the source: the recorded one once it is released, else ``course.toml``'s."""
    return pass_mark(unit, version) if version in versions(unit) else course.settings().pass_mark


def _record(unit: str, version: str) -> Path:
    return course.source_folder(unit) / "releases" / f"{version}.toml"


def items_of(released: Released) -> dict[str, str]:
    """Return the item of the pool behind each question of a form, as it was recorded when the form was drawn."""
    path = released.path / course.FORMS / SLOTS
    rows = spreadsheet.rows(path)[1:] if path.is_file() else []
    return {cells[2]: cells[3] for _, cells in rows if cells[0] == released.form}


def public(files: Mapping[str, QuestionFile]) -> FormSheet:
    """Return what is given out of the author's files, by form: no answer key, nothing that tells one."""
    return FormSheet.joined({form: publish.sheet(file) for form, file in files.items()})


def sheet_bytes(sheet: FormSheet) -> bytes:
    """Return the public file as it is written: an exercise's has ``questions``, an exam's ``forms``."""
    plain: dict[str, Any] = {"unit": sheet.unit, "version": sheet.version, "title": sheet.title}
    forms = {form: list(map(publish.public_json, questions)) for form, questions in sheet.forms.items()}
    plain |= {"forms": forms} if sheet.has_forms else {"questions": forms[ONLY]}
    return (json.dumps(plain, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode("utf-8")


def keep(unit: str, version: str, notebook: dict[str, Any]) -> None:
    """Store a version of what ``source/`` holds; questions are written last, since they make a version exist.

    The pass mark is recorded when the version is new; kept again, it has the mark that it was released with.
    """
    path = course.source_folder(unit) / "releases" / version
    if version not in versions(unit):
        write_text(_record(unit, version), f"pass_mark = {course.settings().pass_mark!r}\n")
    write_json(path / f"{unit}.ipynb", without_outputs(notebook))
    files = question_files(course.source_folder(unit))
    if "" in files:
        for question in bank.load(files[""]).questions:
            picture = getattr(question, "picture", None)
            if picture and (course.source_folder(unit) / picture).is_file():
                write_bytes(path / picture, (course.source_folder(unit) / picture).read_bytes())
        write_bytes(path / course.QUESTIONS, files[""].read_bytes())
    else:
        _keep_forms(course.source_folder(unit) / course.FORMS, path / course.FORMS)


def _keep_forms(folder: Path, kept: Path) -> None:
    """Copy the forms in one step: a version with some of its forms would pick among those alone."""
    if kept.is_dir():
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                write_bytes(kept / path.relative_to(folder), path.read_bytes())
        return
    with tempfile.TemporaryDirectory(dir=kept.parent, prefix=course.UNFINISHED) as name:
        shutil.copytree(folder, Path(name) / course.FORMS)
        (Path(name) / course.FORMS).replace(kept)


def without_outputs(notebook: dict[str, Any]) -> dict[str, Any]:
    """Return the notebook with empty outputs and each source as one text.

    How a question looks without a kernel is the kit's, not the author's: it makes no new version.
    """
    cells = []
    for cell in notebook["cells"]:
        source = cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])
        empty: dict[str, Any] = {"outputs": [], "execution_count": None} if cell["cell_type"] == "code" else {}
        cells.append(cell | {"source": source} | empty)
    return notebook | {"cells": cells}
