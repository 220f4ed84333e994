"""Determine a running notebook's context: its unit's questions, its owner, and the folder for the owner's answers.

A unit is a lesson, an exercise, an exam or a short test. A guest works without a trainee code.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path

from buuchinh import course
from buuchinh.errors import KitError
from buuchinh.files import remove_tree, rename, write_bytes, write_json
from buuchinh.messages import say
from buuchinh.notebook.short_test_notebook import notebook as test_notebook
from buuchinh.notebooks import LARGEST_WITH_OUTPUTS, asked_in, read_notebook, source_of
from buuchinh.questions import exercise_forms, publish, question_bank
from buuchinh.questions.answers import Record, cell_hash, stored_version
from buuchinh.questions.exam_forms import FormSheet
from buuchinh.questions.merge_answers import add_newer
from buuchinh.questions.model import QuestionSheet
from buuchinh.questions.practice import assessment

_served: ContextVar[Path | None] = ContextVar("served", default=None)
"""Folder of the notebook that the server is handling; None in a kernel, which uses its working directory."""


@contextmanager
def at(folder: Path) -> Iterator[None]:
    """Use ``folder`` as the notebook's folder within the context; intended for the server, which is not a kernel.

    The context affects ``here``, ``kernel_runs`` and every function that finds answers, questions or an owner. The
    folder is not a parameter of these functions, since cells call them (``ask("bt05-q1")``) without naming a folder. It
    is not the working directory either, since the server has a single one for all notebooks.
    """
    token = _served.set(folder)
    try:
        yield
    finally:
        _served.reset(token)


def here() -> Path:
    """Return the notebook's folder, which in a kernel is the working directory."""
    return _served.get() or Path.cwd()


def kernel_runs() -> bool:
    """Return whether this process is a kernel rather than the server, which never opens files below ``source/``."""
    return _served.get() is None


def is_guests() -> bool:
    """Return whether the notebook is in the guest's folder, that is, belongs to somebody without a trainee code."""
    return here().resolve().parent == (course.root() / course.WORK / course.GUEST).resolve()


def folder_of(notebook: str) -> Path:
    """Return the folder of the notebook with the given path within the course.

    Raise ``KitError`` if the path leads out of the course.
    """
    root = course.root().resolve()
    folder = (root / notebook).resolve().parent
    if not folder.is_relative_to(root):
        raise KitError(say("notebook.outside", path=notebook))
    return folder


def sheet_of(unit: str) -> QuestionSheet:
    """Return an exercise's public questions, from the file beside the notebook or else from the release.

    In a kernel, an author's notebook that was never released shows its questions as a release would; the server does
    not, because it never reads files with answer keys of graded questions. If there are test forms, the questions are
    those of the owner's form; raise ``KitError`` if the owner is a guest.
    """
    code = place_of(unit)[1]
    for folder in (here(), course.exercise_folder(unit)):
        path = folder / course.SHEET
        if path.is_file():
            public = question_bank.load_public(path)
            if public.unit == unit:
                return public.of(code)
    source = course.source_folder(unit) / course.QUESTIONS
    if source.is_file() and kernel_runs():
        forms = {form: publish.sheet(file) for form, file in exercise_forms.load(source).items()}
        return FormSheet.joined(forms).of(code)
    raise KitError(say("notebook.no_exercise", unit=unit))


def place_of(unit: str) -> tuple[Path, str | None]:
    """Return the folder for answers to ``unit``, and the code of the answers' owner (None if that is a guest).

    If the notebook is in a person's folder, the answers are stored there, otherwise in the current trainee's folder.
    Work that a guest began belongs to the person who enters a code next, even while the notebook is still open; until
    ``lay_out`` copies or moves that work, it stays in the guest's folder.

    The folder begins with ``course.root()``, whatever link or network drive was used to open the course.
    """
    folder = here().resolve()
    if folder.parent.parent == (course.root() / course.WORK).resolve():
        owner = folder.parent.name
        if owner != course.GUEST:
            return course.workplace(owner, unit), owner
        return course.workplace(None, unit), course.guest_owner(unit)
    code = course.current_code()
    own, guest = course.workplace(code, unit), course.workplace(None, unit)
    still_guest = code is not None and not own.exists() and course.guest_owner(unit) == code
    return guest if still_guest else own, code


def record_of(unit: str, version: str) -> Record:
    """Return the record in which the notebook owner's answers to ``unit`` are stored."""
    folder, code = place_of(unit)
    return Record(folder, unit, version, code)


def running_cell() -> str | None:
    """Return the hash of the running cell's source, or None outside a notebook."""
    from IPython.core.getipython import get_ipython

    shell = get_ipython()
    history = getattr(getattr(shell, "history_manager", None), "input_hist_raw", None)
    return cell_hash(str(history[-1])) if history else None


def saved_cells(notebook: Path) -> set[str] | None:
    """Return the hashes of the code cells in a notebook on disk, or None if the notebook is damaged."""
    try:
        cells = read_notebook(notebook, at_most=LARGEST_WITH_OUTPUTS)["cells"]
    except KitError:
        return None
    return {cell_hash(source_of(cell)) for cell in cells if cell["cell_type"] == "code"}


def lay_out(unit: str) -> Path:
    """Copy a unit with all the files that it shows to the trainee's folder, and return the notebook's path there.

    An exercise that was copied before stays unchanged. A lesson's copy is replaced if the course has a newer lesson or
    if the copy lacks a question; no work is lost, since answers are stored separately. Raise ``KitError`` if the unit
    does not exist.
    """
    folder, code = place_of(unit)
    if code and not is_guests():
        folder = course.workplace(code, unit)
        _bring_guest_work(unit, folder, code)
    elif code is None and (owner := course.guest_owner(unit)):
        _give_back(unit, folder, owner)
    if course.graded(unit):
        target = _lay_out_exercise(unit, folder, code)
    elif unit in assessment.TESTS:
        target = folder / f"{unit}.ipynb"
        write_bytes(target, test_notebook(unit))
    else:
        target = _lay_out_lesson(unit, folder)
    if not target.is_file():
        raise KitError(say("notebook.no_exercise", unit=unit))
    return target


def _lay_out_exercise(unit: str, folder: Path, code: str | None) -> Path:
    """Copy an exercise's files to ``folder`` unless they exist there, and return the notebook's path there.

    Raise ``KitError`` if the exercise has test forms and ``code`` is None, since the trainee's form is then unknown.
    """
    source = course.exercise_folder(unit)
    if (source / course.SHEET).is_file():
        question_bank.load_sheet(source / course.SHEET, code)  # which form it is must be known before it is opened
    for path in sorted(source.rglob("*")):
        copy = folder / path.relative_to(source)
        if path.is_file() and not copy.exists():
            write_bytes(copy, path.read_bytes())
    return folder / f"{unit}.ipynb"


def _lay_out_lesson(unit: str, folder: Path) -> Path:
    """Copy a lesson and its files to ``folder``, and return the notebook's path there.

    Files are copied only if they are missing, older or (for the notebook) incomplete in ``folder``.
    """
    lessons = [path for path in course.lessons() if path.name.startswith(unit.removeprefix("l") + "-")]
    if not lessons:
        raise KitError(say("notebook.no_lesson", unit=unit))
    source = lessons[0]
    for path in (source, *_files_beside(source)):
        copy = folder / path.relative_to(source.parent)
        if _is_older(copy, path) or (path == source and _lacks(copy, path)):
            write_bytes(copy, path.read_bytes())
    return folder / source.name


def _is_older(copy: Path, original: Path) -> bool:
    """Return whether a copy is missing or older than its original."""
    return not copy.exists() or copy.stat().st_mtime < original.stat().st_mtime


def _lacks(copy: Path, lesson: Path) -> bool:
    """Return whether a trainee's copy of a lesson lacks a question; earlier versions let trainees delete cells."""
    try:
        return not set(asked_in(lesson)) <= set(asked_in(copy))
    except KitError:
        return True


def _files_beside(lesson: Path) -> list[Path]:
    """Return the drawings and printed sheets that a lesson refers to and that exist beside it."""
    words = lesson.read_text(encoding="utf-8")
    beside = [path for folder in ("hinh", "phu-luc") for path in sorted((lesson.parent / folder).glob("*"))]
    return [path for path in beside if f"{path.parent.name}/{path.name}" in words]


def _bring_guest_work(unit: str, folder: Path, code: str) -> None:
    """Copy a guest's work on ``unit`` to ``folder`` for the trainee who entered ``code``, once and for nobody else.

    The work is copied instead of moved because the notebook may still be open in the guest's folder. What is answered
    there afterwards is added the next time.
    """
    guest = course.workplace(None, unit)
    if not guest.is_dir() or course.guest_owner(unit) not in {None, code}:
        return
    if folder.exists():
        if course.guest_owner(unit) == code:
            _merge_answers(unit, guest, folder, code)
        return
    write_json(guest / course.OWNER, {"code": code})
    draft = folder.with_name(f".{unit}")
    remove_tree(draft)
    shutil.copytree(guest, draft)
    rename(draft, folder)


def bring_guest_work(code: str) -> None:
    """Copy all work that a trainee did as a guest before entering ``code`` to that trainee's folder."""
    for guest in _guest_folders():
        if course.guest_owner(guest.name) == code:
            _bring_guest_work(guest.name, course.workplace(code, guest.name), code)


def leave_desk() -> None:
    """End the current trainee's work at this computer, so that the next person does not find it.

    Guest work that belongs to a trainee's code is moved to that trainee's folder. If no code is current, nothing
    happens, since the owner of the guest work is unknown.
    """
    if course.current_code() is None:
        return
    for guest in _guest_folders():
        if owner := course.guest_owner(guest.name):
            _give_back(guest.name, guest, owner)
    course.forget_current_code()


def _guest_folders() -> list[Path]:
    place = course.root() / course.WORK / course.GUEST
    return sorted(path for path in place.glob("*") if path.is_dir() and not path.name.startswith("."))


def _give_back(unit: str, guest: Path, owner: str) -> None:
    """Move guest work that now belongs to the code ``owner`` to that trainee's folder, freeing the guest's folder.

    If the trainee has a folder for the unit already, its answers are brought up to date, and the guest's folder is
    stored beside it.
    """
    own = course.workplace(owner, unit)
    if own.exists():
        _merge_answers(unit, guest, own, owner)
    number = 2
    while own.exists():
        own = course.workplace(owner, f"{unit}-{course.GUEST}-{number}")
        number += 1
    own.parent.mkdir(parents=True, exist_ok=True)
    rename(guest, own)


def _merge_answers(unit: str, guest: Path, own: Path, owner: str) -> None:
    """Add a guest's later answers to those of the trainee who the guest was, unless the unit's versions differ.

    Nothing is lost if they cannot be written, since the guest's folder has them.
    """
    versions = {stored_version(own), stored_version(guest)} - {None}
    if len(versions) == 1:
        own_record, guest_record = (Record(folder, unit, str(*versions), owner) for folder in (own, guest))
        with suppress(OSError):
            add_newer(own_record, guest_record)
