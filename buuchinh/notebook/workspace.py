"""The context of a running notebook: the questions of its unit, its owner, and the folder of its answers."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from buuchinh import course
from buuchinh.errors import KitError
from buuchinh.files import remove_tree, rename, write_bytes, write_json
from buuchinh.messages import say
from buuchinh.notebook.short_test_notebook import notebook as test_notebook
from buuchinh.notebooks import LARGEST_WITH_OUTPUTS, asked_in, read_notebook, source_of
from buuchinh.questions import exercise_forms, publish, question_bank
from buuchinh.questions.answers import Record, cell_hash
from buuchinh.questions.exam_forms import FormSheet
from buuchinh.questions.model import QuestionSheet
from buuchinh.questions.practice import assessment

_served: ContextVar[Path | None] = ContextVar("served", default=None)
"""The folder of the notebook that the server is handling; None in a kernel, which uses its working directory."""


@contextmanager
def at(folder: Path) -> Iterator[None]:
    """Use ``folder`` as the notebook's folder within the context; for the server, which has no kernel.

    It changes the results of ``here`` and ``kernel_runs``, and of every function that finds answers, questions or an
    owner. It is not a parameter, since cells call the same functions (``ask("bt05-q1")``) without naming a folder; it
    is not the working directory either, since the server has only one for all notebooks.
    """
    token = _served.set(folder)
    try:
        yield
    finally:
        _served.reset(token)


def here() -> Path:
    """Return the folder of the notebook, which in a kernel is the working directory."""
    return _served.get() or Path.cwd()


def kernel_runs() -> bool:
    """Whether this process is a kernel; the server opens nothing below ``source/``."""
    return _served.get() is None


def is_guests() -> bool:
    """Whether the notebook is in the folder of a guest, who has no code."""
    return here().resolve().parent == (course.root() / course.WORK / course.GUEST).resolve()


def folder_of(notebook: str) -> Path:
    """Return the folder of a notebook by its path within the course; raise `KitError` if it is outside."""
    root = course.root().resolve()
    folder = (root / notebook).resolve().parent
    if not folder.is_relative_to(root):
        raise KitError(say("notebook.outside", path=notebook))
    return folder


def sheet_of(unit: str) -> QuestionSheet:
    """Return the public questions of an exercise: those beside the notebook, or else the released ones.

    In a kernel, an author's notebook that was never released shows its questions as a release would; the server does
    not, because it reads no file with keys of graded questions. If there are test forms, the questions are those of the
    form for the owner of the notebook; raise `KitError` for a guest.
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
    """Return the folder of answers to ``unit``, and the code of their owner (None for a guest).

    If the notebook is within somebody's folder, the answers are stored there; otherwise, with the trainee at this
    computer. Work that a guest began belongs to whoever enters a code next, even while the notebook is still open;
    until ``lay_out`` brings it along, it stays in the guest's folder.

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
    still_there = code is not None and not own.exists() and course.guest_owner(unit) == code
    return guest if still_there else own, code


def record_of(unit: str, version: str) -> Record:
    """Return the record of answers to ``unit``, for the owner of the notebook."""
    folder, code = place_of(unit)
    return Record(folder, unit, version, code)


def running_cell() -> str | None:
    """Return the hash of the cell that is running, or None outside a notebook."""
    from IPython.core.getipython import get_ipython

    shell = get_ipython()
    history = getattr(getattr(shell, "history_manager", None), "input_hist_raw", None)
    return cell_hash(str(history[-1])) if history else None


def saved_cells(notebook: Path) -> set[str] | None:
    """Return the hashes of the code cells of a notebook on disk, or None if it is damaged."""
    try:
        cells = read_notebook(notebook, at_most=LARGEST_WITH_OUTPUTS)["cells"]
    except KitError:
        return None
    return {cell_hash(source_of(cell)) for cell in cells if cell["cell_type"] == "code"}


def lay_out(unit: str) -> Path:
    """Copy a unit with all the files it shows to the trainee's folder, and return the path of its notebook.

    The unit is a lesson, an exercise or a short test. An exercise that is there already stays unchanged. A lesson is
    replaced if the course has a newer one or if the copy lacks a question; it holds nothing of the trainee's, since
    answers are stored separately. Raise `KitError` if there is no such unit.
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
    """Copy the files of an exercise that are not in ``folder`` yet; return the path of its notebook there.

    Raise `KitError` if it has test forms and ``code`` is None, so that the trainee's form is unknown.
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
    """Copy a lesson and its files to ``folder`` if they are missing, older or incomplete there; return its notebook."""
    lessons = [path for path in course.lessons() if path.name.startswith(unit.removeprefix("l") + "-")]
    if not lessons:
        raise KitError(say("notebook.no_lesson", unit=unit))
    source = lessons[0]
    for path in (source, *_shown_by(source)):
        copy = folder / path.relative_to(source.parent)
        if _is_older(copy, path) or (path == source and _lacks(copy, path)):
            write_bytes(copy, path.read_bytes())
    return folder / source.name


def _is_older(copy: Path, original: Path) -> bool:
    """Whether a copy is missing or older than its original."""
    return not copy.exists() or copy.stat().st_mtime < original.stat().st_mtime


def _lacks(copy: Path, lesson: Path) -> bool:
    """Whether a trainee's copy of a lesson lacks a question; earlier versions allowed cells to be deleted."""
    try:
        return not set(asked_in(lesson)) <= set(asked_in(copy))
    except KitError:
        return True


def _shown_by(lesson: Path) -> list[Path]:
    """Return the drawings and printed sheets beside a lesson that it refers to."""
    words = lesson.read_text(encoding="utf-8")
    beside = [path for folder in ("hinh", "phu-luc") for path in sorted((lesson.parent / folder).glob("*"))]
    return [path for path in beside if f"{path.parent.name}/{path.name}" in words]


def _bring_guest_work(unit: str, folder: Path, code: str) -> None:
    """Copy guest work to ``folder`` for the trainee who entered ``code``: once, and for no other trainee.

    It is copied instead of moved because the notebook may still be open in the guest's folder.
    """
    guest = course.workplace(None, unit)
    if not guest.is_dir() or folder.exists() or course.guest_owner(unit) not in {None, code}:
        return
    write_json(guest / course.OWNER, {"code": code})
    draft = folder.with_name(f".{unit}")
    remove_tree(draft)
    shutil.copytree(guest, draft)
    rename(draft, folder)


def bring_guest_work(code: str) -> None:
    """Copy all work that was done as a guest before ``code`` was entered to the folder of ``code``."""
    for guest in _guest_folders():
        if course.guest_owner(guest.name) == code:
            _bring_guest_work(guest.name, course.workplace(code, guest.name), code)


def leave_desk() -> None:
    """End the work of the trainee at this computer, so that the next person finds no earlier work.

    Guest work that belongs to a code is moved to the folder of that code. Without a current code nothing happens, since
    nobody knows whose the guest work is.
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
    """Move guest work that now belongs to the code ``owner`` to that owner's folder, making room for the next guest."""
    own = course.workplace(owner, unit)
    number = 2
    while own.exists():
        own = course.workplace(owner, f"{unit}-{course.GUEST}-{number}")
        number += 1
    own.parent.mkdir(parents=True, exist_ok=True)
    rename(guest, own)
