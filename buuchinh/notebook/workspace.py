"""The context of a running notebook: the questions of its unit, its owner, the folder of its answers."""

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
"""The folder of the notebook that the server serves; None in a kernel, which uses its working directory."""


@contextmanager
def at(folder: Path) -> Iterator[None]:
    """Use ``folder`` as that of the notebook within the context, for the server, which has no kernel.

    It changes what ``here`` and ``kernel_runs`` return, and with them all that finds answers, questions or an owner.
    It is no parameter, since the same functions are called by cells (``ask("bt05-q1")``), which name no folder; and no
    working directory, since the server has one for all notebooks.
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
    """Whether this is a kernel; the server opens nothing below ``source/``."""
    return _served.get() is None


def is_guests() -> bool:
    """Whether the notebook is in the folder of a guest, who has no code."""
    return here().resolve().parent == (course.root() / course.WORK / course.GUEST).resolve()


def folder_of(notebook: str) -> Path:
    """Return the folder of a notebook by its path within the course; raises ``KitError`` if it is outside."""
    root = course.root().resolve()
    folder = (root / notebook).resolve().parent
    if not folder.is_relative_to(root):
        raise KitError(say("notebook.outside", path=notebook))
    return folder


def sheet_of(unit: str) -> QuestionSheet:
    """Return the public questions of an exercise: those beside the notebook, then the released ones.

    An author's notebook that was never released shows its questions as a release would, but not without a kernel:
    the server reads no file with keys of what is graded. Where there are test forms they are those of the form
    that belongs to whose work this is; ``KitError`` for a guest.
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
    """Return the folder of answers to ``unit`` and the code of their owner.

    A notebook within somebody's folder keeps them there; any other keeps them with the
    trainee at this desk. What a guest began belongs to whoever gave a code then, also while it is still open: there
    it is kept until ``lay_out`` brings it along.
    The folder begins with ``course.root()``, by whatever link or network drive the course was opened.
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
    """Return the record of answers to ``unit``."""
    folder, code = place_of(unit)
    return Record(folder, unit, version, code)


def running_cell() -> str | None:
    """Return the hash of the cell that is running, None outside a notebook."""
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
    """Put a lesson, an exercise or a short test, with all it shows, into the trainee's folder; return its notebook.

    An exercise that is there already stays as it is. A lesson is renewed when the course
    brought a newer one, or where the copy has lost a question: its answers are kept apart, nothing else of the
    trainee's is in it.
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
    """Copy the files of an exercise that are not in ``folder`` yet; return where its notebook is to be.

    Raises ``KitError`` where it has test forms and ``code`` does not say which is this trainee's.
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
    """Copy a lesson and its files where missing or incomplete in ``folder``; return its notebook."""
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
    """Whether a trainee's copy of a lesson lacks a question; cells could be deleted in earlier versions."""
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
    """Copy guest work into the folder of the trainee who entered a code: once, and to this trainee only.

    Copied, not moved: the notebook may still be open where it is.
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
    """Copy all work that was done as a guest before ``code`` was entered to its folder."""
    for guest in _guest_folders():
        if course.guest_owner(guest.name) == code:
            _bring_guest_work(guest.name, course.workplace(code, guest.name), code)


def leave_desk() -> None:
    """End the work of the trainee at this computer, who had a code: the next person finds a clean desk.

    Answers stay in the folders of those that gave them. Without a code nothing is moved: whose it is nobody knows.
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
    """Move guest work whose owner has a code since into the owner's folder, for the next guest."""
    own = course.workplace(owner, unit)
    number = 2
    while own.exists():
        own = course.workplace(owner, f"{unit}-{course.GUEST}-{number}")
        number += 1
    own.parent.mkdir(parents=True, exist_ok=True)
    rename(guest, own)
