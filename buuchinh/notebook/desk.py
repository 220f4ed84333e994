"""Finds what a running notebook belongs to: its unit's questions, its owner, the folder of the answers."""

from __future__ import annotations

import shutil
from pathlib import Path

from IPython.core.getipython import get_ipython

from buuchinh import course
from buuchinh.errors import KitError
from buuchinh.files import write_bytes, write_json
from buuchinh.messages import say
from buuchinh.questions import bank, publish
from buuchinh.questions.answers import Record, cell_hash
from buuchinh.questions.model import QuestionSheet


def sheet_of(unit: str) -> QuestionSheet:
    """Return the public questions of an exercise: those beside the notebook, then the released ones.

    An author's notebook that was never released shows its questions as a release would. Of an
    exam they are those of the form that belongs to whose work this is; ``KitError`` for a guest.
    """
    code = place_of(unit)[1]
    for folder in (Path.cwd(), course.exercise_folder(unit)):
        path = folder / course.SHEET
        if path.is_file():
            public = bank.load_public(path)
            if public.unit == unit:
                return public.of(code)
    source = course.source_folder(unit) / course.QUESTIONS
    if source.is_file():
        return publish.sheet(bank.load(source))
    raise KitError(say("notebook.no_exercise", unit=unit))


def place_of(unit: str) -> tuple[Path, str | None]:
    """Return the folder in which answers to ``unit`` are kept, and whose they are.

    A notebook within somebody's folder keeps them there; any other keeps them with the
    trainee at this desk.
    """
    work = (course.root() / course.WORK).resolve()
    here = Path.cwd().resolve()
    if here.parent.parent == work:
        owner = here.parent.name
        return here.parent / unit, None if owner == course.GUEST else owner
    code = course.current_code()
    return course.workplace(code, unit), code


def record_of(unit: str, version: str) -> Record:
    """Return where answers to ``unit`` are kept."""
    folder, code = place_of(unit)
    return Record(folder, unit, version, code)


def running_cell() -> str | None:
    """Return the hash of the cell that is running, None outside a notebook."""
    shell = get_ipython()
    history = getattr(getattr(shell, "history_manager", None), "input_hist_raw", None)
    return cell_hash(str(history[-1])) if history else None


def saved_cells(notebook: Path) -> set[str]:
    """Return the hashes of the code cells of a notebook as it lies on disk."""
    import nbformat  # takes a second: not before it is needed

    cells = nbformat.read(notebook, as_version=4).cells
    return {cell_hash(cell.source) for cell in cells if cell.cell_type == "code"}


def lay_out(unit: str) -> Path:
    """Put a copy of a lesson or an exercise, with figures and sheets, into the trainee's folder; return its notebook.

    An exercise that is there already stays as it is. A lesson is renewed when the course
    brought a newer one: its answers are kept apart, nothing else of the trainee's is in it.
    """
    folder, code = place_of(unit)
    if code:
        _bring_guest_work(unit, folder, code)
    if course.graded(unit):
        source = course.exercise_folder(unit)
        if (source / course.SHEET).is_file():
            bank.load_sheet(source / course.SHEET, code)  # which form it is must be known before it is opened
        target = folder / f"{unit}.ipynb"
        for path in sorted(source.rglob("*")):
            copy = folder / path.relative_to(source)
            if path.is_file() and not copy.exists():
                write_bytes(copy, path.read_bytes())
    else:
        lessons = [path for path in course.lessons() if path.name.startswith(unit.removeprefix("l") + "-")]
        if not lessons:
            raise KitError(say("notebook.no_lesson", unit=unit))
        source, target = lessons[0], folder / lessons[0].name
        for path in (source, *_shown_by(source)):
            copy = folder / path.relative_to(source.parent)
            if not copy.exists() or copy.stat().st_mtime < path.stat().st_mtime:
                write_bytes(copy, path.read_bytes())
    if not target.is_file():
        raise KitError(say("notebook.no_exercise", unit=unit))
    return target


def _shown_by(lesson: Path) -> list[Path]:
    """Return the drawings and the sheets to print that stand beside a lesson and that it names."""
    words = lesson.read_text(encoding="utf-8")
    beside = [path for folder in ("hinh", "phu-luc") for path in sorted((lesson.parent / folder).glob("*"))]
    return [path for path in beside if f"{path.parent.name}/{path.name}" in words]


def _bring_guest_work(unit: str, folder: Path, code: str) -> None:
    """Copy what was done before a code was given into the trainee's own folder: once, and to one trainee only.

    Copied, not moved: the notebook may still be open where it is.
    """
    guest = course.workplace(None, unit)
    owner = guest / course.OWNER
    if not guest.is_dir() or folder.exists() or owner.exists():
        return
    draft = folder.with_name(f".{unit}")
    shutil.rmtree(draft, ignore_errors=True)
    shutil.copytree(guest, draft)
    draft.replace(folder)
    write_json(owner, {"code": code})
