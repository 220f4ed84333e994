"""Check a lesson as a whole: a decision on each screen, no visible code, enough question types and more.

A screen is a section below a numbered heading. A lesson waives a rule with ``<!-- lint_ok: rule: reason -->`` in any of
its text cells.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from buuchinh import datasets, law
from buuchinh.authoring.lint.basis import strange_quotes
from buuchinh.authoring.lint.drawing_rules import drawing_faults
from buuchinh.authoring.lint.wordlists import words
from buuchinh.authoring.mentions import Cell
from buuchinh.notebooks import calls_in, ids_in
from buuchinh.questions.authored import QuestionFile, asked_as

LEAST_TYPES = 5
OFFICER, STAFF, EXPLORER = "can-bo", "giao-dien", "kham-pha"
_SCREEN = re.compile(r"## \d+\.")
_OFFICERS_SCREEN = re.compile(r"## \d+\. \[Cán bộ\]")
_DECISIONS = ("ask", "test", "drill")
"""Functions that ask the trainee for a decision."""
_SHOWN = re.compile(r"!\[([^\]]*)\]\((hinh/[^)\s]+)\)")


@dataclass(frozen=True)
class Lesson:
    """A lesson: its notebook's path, its cells, and its practice questions, or None if they cannot be read."""

    path: Path
    cells: tuple[Cell, ...]
    questions: QuestionFile | None

    @property
    def number(self) -> str:
        """The two digits with which the file name begins."""
        return self.path.name[:2]

    def texts(self) -> Iterator[Cell]:
        """Return an iterator over the Markdown cells."""
        return (cell for cell in self.cells if cell.kind == "markdown")


@dataclass(frozen=True)
class LessonFault:
    """A rule that a lesson breaks, with the values for the rule's message.

    ``cell`` is the cell that breaks the rule, or None if the lesson as a whole does.
    """

    rule: str
    cell: Cell | None
    values: Mapping[str, object]


def faults(lesson: Lesson) -> Iterator[LessonFault]:
    """Yield a fault for each rule that ``lesson`` breaks, waived or not."""
    for check in CHECKS:
        yield from check(lesson)


def _decisions(lesson: Lesson) -> Iterator[LessonFault]:
    """Yield a fault for each numbered screen that asks for no decision before the next screen begins."""
    open_screen: Cell | None = None
    for cell in lesson.cells:
        if cell.kind == "markdown" and _SCREEN.match(cell.text):
            if open_screen:
                yield LessonFault("screen-decision", open_screen, {"title": _title(open_screen)})
            open_screen = cell
        elif cell.kind == "code" and calls_in(cell.text, _DECISIONS):
            open_screen = None
    if open_screen:
        yield LessonFault("screen-decision", open_screen, {"title": _title(open_screen)})


def _asked_twice(lesson: Lesson) -> Iterator[LessonFault]:
    if lesson.questions is None:
        return
    own = {asked_as(question) for question in lesson.questions.questions}
    seen: Counter[str] = Counter()
    for cell in lesson.cells:
        for name in ids_in(cell.text, "ask") if cell.kind == "code" else ():
            seen[name] += 1
            if name in own and seen[name] == 2:
                yield LessonFault("asked-twice", cell, {"id": name})


def _code(lesson: Lesson) -> Iterator[LessonFault]:
    """Yield a fault for each code cell with the wrong visibility and each officers' screen without its tag.

    Code for staff and explorers must be hidden; code for officers must be visible and tagged.
    """
    for cell in lesson.cells:
        if cell.kind == "code" and not (
            cell.hidden if {STAFF, EXPLORER} & set(cell.tags) else OFFICER in cell.tags and not cell.hidden
        ):
            yield LessonFault("code-shown", cell, {"staff": STAFF, "explorer": EXPLORER, "officer": OFFICER})
        elif cell.kind == "markdown" and _OFFICERS_SCREEN.match(cell.text) and OFFICER not in cell.tags:
            yield LessonFault("officer-tag", cell, {"title": _title(cell), "officer": OFFICER})


def _drawings(lesson: Lesson) -> Iterator[LessonFault]:
    for cell in lesson.texts():
        for alternative, name in _SHOWN.findall(cell.text):
            for rule, values in drawing_faults(lesson.path.parent / name, alternative):
                yield LessonFault(rule, cell, values)


def _secrecy(lesson: Lesson) -> Iterator[LessonFault]:
    cited = {ref.split("@")[0] for cell in lesson.texts() for ref, _ in law.references_in(cell.text)}
    opening = cited & set(words("secrecy", "opening"))
    if opening and not cited & set(words("secrecy", "guarding")):
        yield LessonFault("secrecy", None, {"refs": ", ".join(sorted(opening))})


def _quotes(lesson: Lesson) -> Iterator[LessonFault]:
    for cell in lesson.texts():
        for quoted in strange_quotes(cell.text):
            yield LessonFault("quote-source", cell, {"words": quoted})


def _simulated(lesson: Lesson) -> Iterator[LessonFault]:
    """Yield a fault for each plot of simulated data that does not say that the data is simulated.

    Only lessons that use the simulated table are checked, and every plot in them counts.
    """
    table = "statistics/incidents-simulated"
    if not any(table in cell.text for cell in lesson.cells if cell.kind == "code"):
        return
    for cell in lesson.cells:
        if cell.kind == "code" and ".plot" in cell.text and "mô phỏng" not in cell.text.casefold():
            yield LessonFault("simulated-said", cell, {})


def _mixture(lesson: Lesson) -> Iterator[LessonFault]:
    if lesson.questions is None or len(lesson.questions.questions) < LEAST_TYPES:  # a lesson that has just been started
        return
    types = {question.type for question in lesson.questions.questions}
    lacking = [name for name in words("lesson-types", "always") if name not in types]
    if lacking or len(types) < LEAST_TYPES:
        yield LessonFault("lesson-types", None, {"count": len(types), "least": LEAST_TYPES})


def _objectives(lesson: Lesson) -> Iterator[LessonFault]:
    """Yield a fault if the lesson has learning objectives that none of its questions practises."""
    if lesson.questions is None:
        return
    own = objectives_of(lesson.number)
    practised = {question.objective for question in lesson.questions.questions} - {None}
    if missing := sorted(own - practised):
        yield LessonFault("lesson-objectives", None, {"names": ", ".join(missing)})


def objectives_of(number: str) -> set[Any]:
    """Return the ids of a lesson's learning objectives; ``number`` is the lesson's two-digit number, such as "05"."""
    return {row["id"] for row in datasets.read("questions/objectives").rows if row["lesson"] == number}


def _title(cell: Cell) -> str:
    return cell.text.splitlines()[0].lstrip("# ")


CHECKS: tuple[Callable[[Lesson], Iterator[LessonFault]], ...] = (
    _decisions,
    _asked_twice,
    _code,
    _drawings,
    _secrecy,
    _quotes,
    _simulated,
    _mixture,
    _objectives,
)
RULES = (
    "screen-decision",
    "asked-twice",
    "code-shown",
    "officer-tag",
    "drawing-text",
    "secrecy",
    "quote-source",
    "simulated-said",
    "lesson-types",
    "lesson-objectives",
)
