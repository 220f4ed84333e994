"""Read and validate the authors' exercises and exams in ``source/``: questions and notebook must agree."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from buuchinh import course
from buuchinh.errors import KitError, Problem
from buuchinh.files import read_text
from buuchinh.messages import say
from buuchinh.notebooks import grade_id, is_graded, marks_of, read_notebook
from buuchinh.questions import exercise_forms, question_bank, types
from buuchinh.questions.authored import AuthoredQuestion, QuestionFile
from buuchinh.release.versions import question_files

WORK_CELL = "-lam"
"""Suffix of the cell for a trainee's code: question ``bt06-q1`` has a cell with the grade_id ``bt06-q1-lam``."""
WORDS_CELL = "-chu"
"""Suffix of the cell that shows a grader the trainee's text: task ``bt07-q13`` has the cell ``bt07-q13-chu``."""
PUBLIC = "public.txt"
"""Optional file beside the notebook that lists further files for trainees, one path per line."""


def units() -> list[str]:
    """Return the sorted names of the exercises and exams in ``source/``."""
    return sorted(path.name for path in (course.root() / course.SOURCE).glob("*") if question_files(path))


def load(unit: str) -> tuple[dict[str, QuestionFile], dict[str, Any]]:
    """Return a unit's question files, by test form ("" if the unit has no forms), and its notebook.

    A unit is an exercise or exam. Raise ``KitError`` if the questions or the notebook have faults or do not agree,
    naming every fault.
    """
    folder = course.source_folder(unit)
    if not course.graded(unit) or not folder.is_dir():
        sources = ", ".join(units()) or say("questions.nothing")
        raise KitError(say("release.no_source", unit=unit, known=sources), path=f"source/{unit}")
    problems = refuse_answers(unit)
    files: dict[str, QuestionFile] = {}
    notebook: dict[str, Any] | None = None
    for form, path in (question_files(folder) or {"": folder / course.QUESTIONS}).items():
        try:
            files |= {form: question_bank.load(path)} if form else exercise_forms.load(path)
        except KitError as error:
            problems += error.problems
    try:
        notebook = _notebook(folder / f"{unit}.ipynb")
    except KitError as error:
        problems += error.problems
    problems += [
        Problem(f"source/{unit}/{PUBLIC}", line, say("release.public_missing", name=name))
        for line, name in public_files(unit)
        if not _inside(folder, name)
    ]
    problems += _unequal_forms(unit, files)
    if notebook:
        for form, file in files.items():
            problems += _disagreements(unit, place_of(unit, form), file, notebook)
    if problems or not notebook:
        raise KitError(dict.fromkeys(problems))
    return files, notebook


def validate(unit: str) -> list[Problem]:
    """Return the problems that ``load`` would raise; used by ``buuchinh check``."""
    try:
        load(unit)
    except KitError as error:
        return error.problems
    return []


def place_of(unit: str, form: str) -> str:
    """Return the path, relative to the course, of a form's question file, for display."""
    in_forms = form and not (course.source_folder(unit) / course.QUESTIONS).is_file()
    return f"source/{unit}/forms/{form}.yml" if in_forms else f"source/{unit}/{course.QUESTIONS}"


def refuse_answers(unit: str) -> list[Problem]:
    """Return a problem if the source has an ``answers.json``: nbgrader would overwrite trainees' answers with it."""
    if (course.source_folder(unit) / course.ANSWERS).exists():
        return [
            Problem(f"source/{unit}/answers.json", 0, say("release.answers_in_source"), say("release.answers_way_out"))
        ]
    return []


def public_files(unit: str) -> list[tuple[int, str]]:
    """Return (1-based line number, path) for each entry in the unit's ``public.txt``."""
    path = course.source_folder(unit) / PUBLIC
    if not path.exists():
        return []
    lines = read_text(path).splitlines()
    return [
        (number, line.strip())
        for number, line in enumerate(lines, 1)
        if line.strip() and not line.lstrip().startswith("#")
    ]


def points(question: AuthoredQuestion) -> float:
    """Return the maximum points of a question's graded cell: zero for an opinion question, which is not scored."""
    return question.points if types.type_of(question).scored else 0.0


def by_hand(question: Any) -> bool:
    """Return whether a question is graded manually."""
    return types.type_of(question).by_hand(question)


def is_task(question: Any) -> bool:
    """Return whether a question is graded manually together with the cells around it (an nbgrader task)."""
    return types.type_of(question).is_task(question)


def may_run(question: Any) -> bool:
    """Return whether a submission can contain code that answers a question."""
    return types.type_of(question).from_code or is_task(question)


def _inside(folder: Path, name: str) -> bool:
    path = (folder / name).resolve()
    secret = {course.QUESTIONS, PUBLIC, course.ANSWERS}
    return (
        path.is_file() and path.is_relative_to(folder.resolve()) and path.name not in secret and path.suffix != ".yml"
    )


def _notebook(path: Path) -> dict[str, Any]:
    try:
        return read_notebook(path)
    except KitError as error:
        raise KitError([replace(problem, path=question_bank.shown(path)) for problem in error.problems]) from error


def _unequal_forms(unit: str, files: Mapping[str, QuestionFile]) -> Iterator[Problem]:
    """Yield a problem for each difference between the first form and another.

    All forms share one notebook and one set of gradebook cells, so they must match.
    """
    if not files:
        return
    first, *others = files.items()
    for form, file in others:
        for name in ("unit", "version", "title", "as_of"):
            if getattr(file, name) != getattr(first[1], name):
                yield Problem(place_of(unit, form), 0, say("release.form_differs", name=name, first=first[0]))
        if _frame(file) != _frame(first[1]):
            yield Problem(place_of(unit, form), 0, say("release.form_frame", first=first[0]))


def _frame(file: QuestionFile) -> list[tuple[object, ...]]:
    """Return, for each question, the properties that must be the same in all forms of an exam."""
    return [(question.id, question.points, question.critical, question.decision) for question in file.questions]


def _disagreements(unit: str, written: str, file: QuestionFile, notebook: dict[str, Any]) -> list[Problem]:
    text = json.dumps(notebook, ensure_ascii=False, indent=1)
    place = f"source/{unit}/{unit}.ipynb"

    def fault(key: str, name: str, **values: object) -> Problem:
        line = text.count("\n", 0, max(text.find(f'"grade_id": "{name}"'), 0)) + 1 if name in text else 0
        return Problem(place, line, say(f"release.{key}", id=name, **values))

    names = Counter(name for cell in notebook["cells"] if (name := grade_id(cell)))
    graded = {str(grade_id(cell)): cell for cell in notebook["cells"] if is_graded(cell)}
    questions = {question.id: question for question in file.questions}
    problems = [fault("cell_twice", name, count=count) for name, count in names.items() if count > 1]
    problems += [fault("unknown_cell", name) for name in graded if name not in questions]
    problems += [fault("no_cell", name) for name in questions if name not in graded]
    for name, cell in graded.items():
        if name in questions and (kind := _misfit(questions[name], cell)):
            problems.append(fault(kind, name))
    problems += [
        fault("no_work_cell", name, cell=name + WORK_CELL)
        for name, question in questions.items()
        if types.type_of(question).from_code and name + WORK_CELL not in names
    ]
    plain = {cell.get("id") for cell in notebook["cells"] if cell["cell_type"] == "markdown" and not marks_of(cell)}
    problems += [
        fault("no_words_cell", name, cell=name + WORDS_CELL)
        for name, question in questions.items()
        if is_task(question) and name + WORDS_CELL not in plain
    ]
    problems += [fault("foreign_id", name, unit=unit) for name in questions if not name.startswith(f"{unit}-")]
    if file.unit != unit:
        problems.append(Problem(written, 0, say("release.wrong_unit", unit=file.unit, folder=unit)))
    ids = [cell.get("id") for cell in notebook["cells"]]
    if None in ids or len(set(ids)) != len(ids):
        problems.append(Problem(place, 0, say("release.cell_ids")))
    return problems


def _misfit(question: AuthoredQuestion, cell: dict[str, Any]) -> str | None:
    """Return the message key of the fault in a question's graded cell, or None if the cell fits the question."""
    marks = marks_of(cell)
    words, open_ = cell["cell_type"] == "markdown", bool(marks.get("solution"))
    if is_task(question):
        fits = words and marks.get("task") and marks.get("locked") and not (marks.get("grade") or open_)
        return None if fits else "task_cell"
    if by_hand(question):
        return None if words and open_ and not marks.get("task") else "manual_cell"
    return None if not words and not open_ and not marks.get("task") else "asking_cell"
