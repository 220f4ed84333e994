"""Create lessons, exercises and questions from templates, without overwriting existing files."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from buuchinh import course
from buuchinh.authoring import templates
from buuchinh.authoring.graded_cells import graded_cells
from buuchinh.authoring.lint.whole_lesson import objectives_of
from buuchinh.authoring.templates import filled, kinds
from buuchinh.errors import KitError, Problem
from buuchinh.files import read_text, write_text
from buuchinh.messages import say
from buuchinh.notebooks import grade_id, read_notebook
from buuchinh.questions import question_bank
from buuchinh.questions.authored import QuestionFile, asked_as

_LESSON = re.compile(r"(\d{2})-[a-z0-9]+(-[a-z0-9]+)*")
_EXERCISE = re.compile(course.EXERCISE)
_QUESTION = re.compile(rf"({course.LESSON}|{course.EXERCISE})-[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Created:
    """The files that were written or extended, and a sentence that tells the author what to do next."""

    paths: tuple[Path, ...]
    next: str
    extended: tuple[Path, ...] = ()


def lesson(name: str, title: str | None = None) -> Created:
    """Write ``lessons/<name>.ipynb``, and the lesson's question file if it does not exist.

    Raise ``KitError`` if ``name`` is not of the form ``03-van-chuyen`` or if the lesson already exists.
    """
    match = _matched(_LESSON, name, "lesson")
    unit = f"l{match[1]}"
    path = course.root() / course.LESSONS / f"{name}.ipynb"
    others = sorted(path.parent.glob(f"{match[1]}-*.ipynb"))
    _free(path, *others)
    title = title or say("authoring.new.lesson_title", number=int(match[1]))
    questions = course.bank_path(unit)
    paths = [path]
    if not questions.exists():
        write_text(questions, _questions_file(unit, title) + _question_block(f"{unit}-q01", "single"))
        paths.append(questions)
    write_text(path, _notebook_text("lesson.ipynb", unit, title))
    return Created(tuple(paths), say("authoring.new.lesson_next", unit=unit))


def exercise(unit: str, title: str | None = None) -> Created:
    """Write ``source/<unit>/`` with a notebook and two questions, one of which is graded manually.

    Raise ``KitError`` if ``unit`` is not a valid exercise name or if the exercise already exists.
    """
    _matched(_EXERCISE, unit, "exercise")
    folder = course.source_folder(unit)
    questions, path = folder / course.QUESTIONS, folder / f"{unit}.ipynb"
    _free(questions, path)
    title = title or say("authoring.new.exercise_title", number=int(unit[2:]))
    blocks = _question_block(f"{unit}-q01", "single") + "\n" + _question_block(f"{unit}-q02", "manual")
    text = _questions_file(unit, title) + blocks
    notebook = json.loads(_notebook_text("exercise.ipynb", unit, title))
    for question in _validated(text, questions).questions:
        _insert(notebook, unit, graded_cells(question))
    write_text(questions, text)
    write_text(path, _dumped(notebook))
    return Created((questions, path), say("authoring.new.exercise_next", unit=unit))


def question(question_id: str, kind: str = "single") -> Created:
    """Append a new question to its unit's file; if the question is graded, also add its cells to the source notebook.

    Raise ``KitError`` if the id is malformed or taken, the kind is unknown, or the unit's question file is missing or
    invalid.
    """
    match = _matched(_QUESTION, question_id, "question")
    unit = match[1]
    if kind not in kinds():
        raise KitError(say("authoring.new.no_kind", kind=kind), say("authoring.new.kinds", kinds=", ".join(kinds())))
    root = course.root()
    graded = course.is_exercise(unit)
    path = course.source_folder(unit) / course.QUESTIONS if graded else course.bank_path(unit)
    if not path.exists():
        way_out = say(
            "authoring.new.exercise_first" if graded else "authoring.new.lesson_first", unit=unit, number=unit[-2:]
        )
        raise KitError(say("files.missing"), way_out, path=question_bank.shown(path))
    if question_id in {name for known in question_bank.load(path).questions for name in (known.id, asked_as(known))}:
        raise KitError(say("authoring.new.taken", id=question_id), path=question_bank.shown(path))
    text = _appended(path, _question_block(question_id, kind))
    svg = templates.drawing(kind)
    drawing = [_drawing(question_id, path.parent if graded else root / course.LESSONS, svg)] if svg is not None else []
    try:
        added = _validated(text, path).questions[-1]
    except KitError:
        for made in drawing:
            made.unlink()
        raise
    if not graded:
        write_text(path, text)
        return Created(tuple(drawing), say("authoring.new.question_next", id=question_id), (path,))
    notebook_path = path.parent / f"{unit}.ipynb"
    notebook = read_notebook(notebook_path)
    _insert(notebook, unit, graded_cells(added))
    write_text(path, text)
    write_text(notebook_path, _dumped(notebook))
    return Created(tuple(drawing), say("authoring.new.graded_next", id=question_id), (path, notebook_path))


def _matched(pattern: re.Pattern[str], name: str, what: str) -> re.Match[str]:
    match = pattern.fullmatch(name)
    if not match:
        raise KitError(say("authoring.new.bad_name", name=name), say(f"authoring.new.name.{what}"))
    return match


def _free(*paths: Path) -> None:
    taken = [path for path in paths if path.exists()]
    if taken:
        raise KitError(
            [Problem(question_bank.shown(path), 0, say("authoring.new.exists")) for path in dict.fromkeys(taken)]
        )


def _drawing(question_id: str, folder: Path, svg: str) -> Path:
    """Write a question's initial drawing to the path where ``question_bank`` looks for it, and return that path."""
    path = folder / "hinh" / f"{question_id}.svg"
    _free(path)
    write_text(path, svg)
    return path


def _question_block(question_id: str, kind: str) -> str:
    """Return a question's filled-in template, with the first objective of its lesson if the lesson has any."""
    block = templates.question(kind, question_id)
    lesson_number = re.match(r"[a-z]+(\d{2})", question_id)
    own = objectives_of(lesson_number[1]) if lesson_number else set()
    return re.sub(r"(?m)^(\s*objective: )\S+", rf"\g<1>{min(own)}", block) if own else block


def _questions_file(unit: str, title: str) -> str:
    return filled("questions.yml", unit=unit, title=_escaped(title))


def _notebook_text(name: str, unit: str, title: str) -> str:
    return filled(name, unit=unit, title=_escaped(title))


def _escaped(title: str) -> str:
    """Return ``title`` escaped for double quotes in JSON and YAML."""
    return json.dumps(title, ensure_ascii=False)[1:-1]


def _dumped(notebook: Any) -> str:
    """Return a notebook as JSON formatted like JupyterLab's, so that saving it there causes no spurious changes."""
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


def _appended(path: Path, block: str) -> str:
    """Return the text of the file ``path`` with ``block`` added after its last question and indented to match."""
    text = read_text(path)
    questions = YAML(typ="rt").load(text)["questions"]
    column = questions.lc.data[0][1] - 2 if questions else 2
    lines = [" " * column + line[2:] if line.strip() else line for line in block.splitlines()]
    return text.rstrip("\n") + "\n\n" + "\n".join(lines) + "\n"


def _validated(text: str, path: Path) -> QuestionFile:
    """Return the questions in ``text``, which is about to be written to ``path``.

    Raise ``KitError`` if the text is invalid, in which case the question cannot be added.
    """
    try:
        return question_bank.read(YAML(typ="rt").load(text), path)
    except (YAMLError, KitError) as error:
        raise KitError(
            say("authoring.new.cannot_append"),
            say("authoring.new.cannot_append_way_out"),
            path=question_bank.shown(path),
        ) from error


def _insert(notebook: dict[str, Any], unit: str, cells: list[dict[str, Any]]) -> None:
    """Insert ``cells`` into ``notebook`` before the cells that hand in the work, or at the end if there are none."""
    present = notebook["cells"]
    names = [grade_id(cell) or "" for cell in present]
    at = next((number for number, name in enumerate(names) if name.startswith(f"{unit}-nop")), len(present))
    notebook["cells"] = [*present[:at], *cells, *present[at:]]
