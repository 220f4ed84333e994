"""Check the course as a whole: an exercise for each lesson, early emergency advice, equally hard tests and more.

Broken rules are warnings while ``complete`` in ``course.toml`` is false, and errors afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from buuchinh import course, law
from buuchinh.authoring.lint import shown_code, tries
from buuchinh.authoring.lint.item import Item
from buuchinh.authoring.lint.whole_lesson import Lesson
from buuchinh.authoring.lint.wordlists import words
from buuchinh.authoring.mentions import cells
from buuchinh.errors import KitError
from buuchinh.notebooks import grade_id, is_graded, read_notebook
from buuchinh.questions.authored import AuthoredQuestion, QuestionFile
from buuchinh.questions.practice.assessment import TESTS

FIRST_CELLS = 6
"""Number of cells at the beginning of a lesson in which the emergency advice must appear."""
AS_HARD = 0.05
"""Largest difference between the expected shares of right answers (0 to 1) to two paired questions."""
CARD = "the-khan-cap.html"
_OUTSIDE = re.compile(r"<(script|img|link|iframe)\b|https?://", re.IGNORECASE)
_CITED = re.compile(r">([^<>,]+), (\d+[\da-zđ.]*(?:; \d+[\da-zđ.]*)*)<")


@dataclass(frozen=True)
class CourseFault:
    """A rule that the course breaks, with the file or folder at fault and the values for the rule's message."""

    rule: str
    path: str
    values: Mapping[str, object]


def faults(lessons: Sequence[Lesson], items: Sequence[Item], exercises: Iterable[str]) -> Iterator[CourseFault]:
    """Yield a fault for each rule that the course breaks; ``exercises`` names the units that have a source."""
    exercises = list(exercises)
    yield from _pairs(lessons, exercises)
    yield from _taught_code(lessons, exercises)
    yield from _roles(items)
    yield from _emergency(lessons)
    yield from _tests(items)


def sheet_faults(text: str, shown: str) -> Iterator[CourseFault]:
    """Yield a fault if a printable sheet loads outside resources, and for each citation that is not in the register.

    ``text`` is the sheet's HTML, and ``shown`` is its display path.
    """
    if outside := _OUTSIDE.search(text):
        yield CourseFault("sheet-outside", shown, {"words": outside[0]})
    named = {name: document.id for document in law.all_documents().values() for name in _names(document)}
    for title, places in _CITED.findall(text):
        for place in places.split("; ") if title in named else ():
            ref = f"{named[title]}/{place.replace('đ', 'dd')}"
            try:
                law.periods(ref)
            except KitError:
                yield CourseFault("sheet-citation", shown, {"words": f"{title}, {place}"})


def exercise_faults(unit: str, file: QuestionFile) -> Iterator[CourseFault]:
    """Yield a fault for each rule that an exercise's source notebook breaks.

    The notebook's questions must be in the order of the question file, the last cell with a grade id must be the one
    that hands in, and each part must begin with a try-out question.
    """
    shown = f"source/{unit}/{unit}.ipynb"
    cells = read_notebook(course.root() / shown)["cells"]
    names = [name for cell in cells if (name := grade_id(cell))]
    graded = [grade_id(cell) for cell in cells if is_graded(cell)]
    wanted = [question.id for question in file.questions]
    if sorted(map(str, graded)) == sorted(wanted) and graded != wanted:  # release.source reports missing ones
        first = next(name for name, expected in zip(graded, wanted, strict=True) if name != expected)
        yield CourseFault("exercise-order", shown, {"name": first})
    elif names and names[-1] != f"{unit}-nop":
        yield CourseFault("exercise-order", shown, {"name": names[-1]})
    for name, objectives in tries.not_opened(unit, file, cells):
        yield CourseFault("try-first", shown, {"name": name, "objectives": objectives})


def _names(document: law.Document) -> Iterator[str]:
    """Yield the names that sheets use for a document: its title, and its kind with a shortened number."""
    yield document.short_title
    if document.number.count("/") > 1:
        yield f"{document.kind} {document.number.rpartition('/')[0]}"


def _pairs(lessons: Sequence[Lesson], exercises: Iterable[str]) -> Iterator[CourseFault]:
    taught = {lesson.number for lesson in lessons} - {"00"}
    practised = {unit[2:] for unit in exercises if unit.startswith("bt")}
    for number in sorted(taught - practised):
        yield CourseFault("lesson-exercise", "lessons", {"lacks": f"source/bt{number}"})
    for number in sorted(practised - taught):
        yield CourseFault("lesson-exercise", "lessons", {"lacks": f"lessons/{number}-…"})


def _taught_code(lessons: Sequence[Lesson], exercises: Iterable[str]) -> Iterator[CourseFault]:
    """Yield a fault for each exercise that uses functions not shown in its lesson, if that lesson shows any code."""
    teaching = {f"bt{lesson.number}": [cell for cell in lesson.cells if cell.kind == "code"] for lesson in lessons}
    for unit in exercises:
        path = course.source_folder(unit) / f"{unit}.ipynb"
        shown = teaching.get(unit, [])
        if all(cell.hidden for cell in shown) or not path.is_file():
            continue
        with suppress(KitError):  # the check of the notebook reports it
            if names := shown_code.unknown(shown, [cell for cell in cells(path) if cell.kind == "code"]):
                yield CourseFault("code-taught", f"source/{unit}/{unit}.ipynb", {"names": ", ".join(names)})


def _roles(items: Sequence[Item]) -> Iterator[CourseFault]:
    played = {getattr(item.question, "role", None) for item in items if item.bank == "practice"}
    if missing := [role for role in words("course-roles", "roles") if role not in played]:
        yield CourseFault("course-roles", "lessons", {"names": ", ".join(missing)})


def _emergency(lessons: Sequence[Lesson]) -> Iterator[CourseFault]:
    """Yield a fault unless some lesson begins with emergency advice: all numbers in use and the emergency card."""
    numbers = {row.number for row in law.all_numbers() if row.to is None}
    for lesson in lessons:
        for cell in lesson.cells[:FIRST_CELLS]:
            if cell.kind == "markdown" and CARD in cell.text and numbers <= set(law.named_in(cell.text)):
                return
    yield CourseFault("emergency-first", "lessons", {"numbers": ", ".join(sorted(numbers)), "card": CARD})


def _tests(items: Sequence[Item]) -> Iterator[CourseFault]:
    """Yield a fault for each pair of questions in the two short tests that do not correspond.

    Paired questions must differ in their stems only and be equally hard.
    """
    before, after = ([item.question for item in items if item.id.startswith(f"{unit}-")] for unit in TESTS)
    if len(before) != len(after):
        yield CourseFault("test-pairs", "lessons", {"words": f"{len(before)} ≠ {len(after)}"})
        return
    for first, second in zip(before, after, strict=True):
        alike = (first.objective, first.type, first.bloom) == (second.objective, second.type, second.bloom)
        named = first.id.replace(*TESTS) == second.id
        as_hard = abs(first.difficulty - second.difficulty) <= AS_HARD and _offered(first) == _offered(second)
        if not (alike and named and as_hard) or first.stem == second.stem:
            yield CourseFault("test-pairs", "lessons", {"words": f"{first.id}, {second.id}"})


def _offered(question: AuthoredQuestion) -> int:
    """Return the number of options or items that ``question`` offers."""
    return len(getattr(question, "options", ()) or getattr(question, "items", ()))


RULES = (
    "lesson-exercise",
    "course-roles",
    "emergency-first",
    "test-pairs",
    "sheet-outside",
    "sheet-citation",
    "exercise-order",
    "try-first",
    "code-taught",
)
