"""Estimate how long a slow reader needs for lessons, exercises, exams, short tests and a role's learning path.

A learning path is the list of steps that ``course.toml`` gives for a group of roles. Visible words are read at
``WORDS`` per minute, and each decision takes ``SECONDS``. The words include stems, options, and the feedback on the
right choice and on one wrong choice. Folded text (below a folded heading or within ``<details>``) is one tap away and
does not count, nor does the line that names a question's legal basis.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import Any

from buuchinh import course
from buuchinh.notebooks import asked_in_core, calls_in, in_core, read_notebook, source_of
from buuchinh.questions import question_bank, types
from buuchinh.questions.authored import AuthoredQuestion, asked_as
from buuchinh.questions.practice import assessment
from buuchinh.questions.reading_load import words
from buuchinh.release import source

WORDS = 160
"""Words that a slow reader reads per minute."""
SECONDS = 22
"""Seconds that one decision takes."""
LESSON, PATH, TRIES = 25, 160, 25
"""Maximum minutes for one lesson on the staff's path, for the whole path, and for all its try-out questions.

The path includes its exercises and exam. Worked examples and the table of goods that customers bring are not folded, so
they count; short tests and the try-out questions of exercises are counted separately.
"""
TABLE = "datasets/questions/lengths.csv"
"""Path of the table of reading times, in minutes, that pages and JupyterLab show."""

_FOLDED = re.compile(r"<details.*?<summary[^>]*>(.*?)</summary>.*?</details>", re.DOTALL)
_UNSEEN = re.compile(r"<(style|script|svg)\b.*?</\1>|<!--.*?-->|!\[[^\]]*\]\([^)]*\)|<[^>]+>", re.DOTALL)
_TARGET = re.compile(r"\]\([^)]*\)")


@dataclass(frozen=True)
class Length:
    """The number of visible words and of decisions in some part of the course."""

    words: int = 0
    decisions: int = 0

    def __add__(self, other: Length) -> Length:
        return Length(self.words + other.words, self.decisions + other.decisions)

    @property
    def minutes(self) -> float:
        """The minutes that a slow reader needs."""
        return self.words / WORDS + self.decisions * SECONDS / 60


def lesson(path: Path) -> Length:
    """Return the length of a lesson's unfolded part, including feedback; raise ``KitError`` if it cannot be read."""
    unit = f"l{course.lesson_number(path)}"
    wanted = set(asked_in_core(path))
    questions = [
        question
        for file in question_bank.practice_files()
        if file.stem == unit
        for question in question_bank.load(file).questions
    ]
    return Length(_notebook(path)) + _asked(
        (question for question in questions if asked_as(question) in wanted), with_feedback=True
    )


def unit(name: str) -> Length:
    """Return the length of an exercise, or of an exam's longest test form, without feedback.

    Trainees see the feedback only after they have handed in their work.
    """
    asked = (
        _asked(
            (question for question in question_bank.load(file).questions if not question.retired), with_feedback=False
        )
        for file in _files(name)
    )
    return Length(_notebook(course.source_folder(name) / f"{name}.ipynb")) + max(
        asked, key=lambda length: length.minutes
    )


def _files(name: str) -> list[Path]:
    """Return the question files of an exercise or exam: one for each test form, or a single file if it has none."""
    folder = course.source_folder(name)
    return sorted((folder / course.FORMS).glob("*.yml")) or [folder / course.QUESTIONS]


def short_test(name: str) -> Length:
    """Return the length of a short test, without the feedback that follows the test."""
    return _asked(question_bank.load(course.bank_path(name)).questions, with_feedback=False)


def tried(name: str) -> Length:
    """Return the length of exercise ``name``'s try-out questions with their feedback, or zero if there are none."""
    path = course.try_path(name)
    if not path:
        return Length()
    asked = set(asked_in_core(course.source_folder(name) / f"{name}.ipynb"))
    return _asked(
        (question for question in question_bank.load(path).questions if asked_as(question) in asked), with_feedback=True
    )


def self_check(path: Path) -> Length:
    """Return the length of the try-out questions in ``path``, which replace an exercise for those who study alone."""
    return _asked(question_bank.load(path).questions, with_feedback=True)


def table() -> str:
    """Return the content of ``TABLE``: the minutes for all lessons, exercises, exams, short tests and self-checks.

    Exercises with code are left out because nobody has measured how long they take.
    """
    lengths = [(f"l{course.lesson_number(path)}", lesson(path)) for path in course.lessons()]
    lengths += [(name, unit(name)) for name in source.units() if _written(name) and not _by_code(name)]
    lengths += [(name, short_test(name)) for name in assessment.available_tests()]
    lengths += [(path.stem, self_check(path)) for name in source.units() if (path := course.try_path(name))]
    rows = (f"{name},{ceil(length.minutes)},{ceil(length.minutes * 60)}\n" for name, length in lengths)
    return "".join(["unit,minutes,seconds\n", *rows])


def _written(name: str) -> bool:
    return (course.source_folder(name) / f"{name}.ipynb").is_file()


def _by_code(name: str) -> bool:
    return any(
        types.type_of(question).from_code for file in _files(name) for question in question_bank.load(file).questions
    )


def path(group: str) -> list[tuple[str, Length]]:
    """Return the steps of a role group's learning path with their lengths, without sheets and missing steps."""
    lessons = {f"l{course.lesson_number(notebook)}": notebook for notebook in course.lessons()}
    steps = []
    for step in course.settings().paths.get(group, ()):
        if step in lessons:
            steps.append((step, lesson(lessons[step])))
        elif step in assessment.available_tests():
            steps.append((step, short_test(step)))
        elif _written(step):
            steps.append((step, unit(step)))
    return steps


def total(steps: Iterable[tuple[str, Length]]) -> Length:
    """Return the total length of ``steps``, without short tests."""
    return sum((length for name, length in steps if name not in assessment.available_tests()), Length())


def _asked(questions: Iterable[AuthoredQuestion], *, with_feedback: bool) -> Length:
    """Return the total length of ``questions``, counting only the longest variant of each question."""
    longest: dict[str, Length] = {}
    for question in questions:
        name = asked_as(question)
        length = _question(question, with_feedback=with_feedback)
        if name not in longest or longest[name].minutes < length.minutes:
            longest[name] = length
    return sum(longest.values(), Length())


def _question(question: AuthoredQuestion, *, with_feedback: bool) -> Length:
    keys = [part.keys[-1] for part, _ in types.parts(question) if getattr(part, "keys", ())]
    read = types.type_of(question).reading(question, keys[-1] if with_feedback and keys else None)
    title = (question.title,) if question.title else ()
    return Length(words((*title, *read.asked, *read.feedback)), read.decisions)


def shown(notebook: Path) -> Iterator[str]:
    """Yield the text of each unfolded Markdown cell of a notebook, with each ``<details>`` reduced to its summary."""
    for cell in _open_cells(notebook):
        if cell["cell_type"] == "markdown":
            yield _FOLDED.sub(r"\1", source_of(cell))


def _open_cells(notebook: Path) -> list[Any]:
    cells = read_notebook(notebook)["cells"]
    return [cell for cell, core in zip(cells, in_core(cells), strict=True) if core]


def _notebook(path: Path) -> int:
    """Return the number of visible words in a notebook, without those of its questions."""
    return words(text for cell in _open_cells(path) for text in _texts(cell))


def _texts(cell: Any) -> Iterator[str]:
    text = source_of(cell)
    if cell["cell_type"] == "markdown":
        yield _TARGET.sub("", _UNSEEN.sub(" ", _FOLDED.sub(r"\1", text)).replace("|", " "))
    elif cell["cell_type"] == "code" and not calls_in(text, ("ask", "citations")):
        for output in cell["outputs"]:
            html = "".join(output.get("data", {}).get("text/html", ""))
            yield _UNSEEN.sub(" ", _FOLDED.sub(r"\1", html))
