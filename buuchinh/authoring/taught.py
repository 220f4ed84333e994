"""Check that lessons teach what each graded item needs in unfolded cells, not only below folded headings.

An item's field ``taught`` names the cells that teach what the item needs (``l05/<cell id>``). Each of these cells must
be unfolded and in a lesson on the learning path of every group whose exercises or exam ask the item. A critical item in
the staff's exercises must meet two more conditions: an unfolded question has the same objective, and each provision of
the item's answer key is named by an unfolded cell or by the answer key of an unfolded question.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from buuchinh import course, law
from buuchinh.authoring.lengths import shown
from buuchinh.authoring.mentions import cells
from buuchinh.exam import blueprint, exam_groups, item_pool
from buuchinh.messages import say
from buuchinh.notebooks import asked_in_core
from buuchinh.questions import question_bank, types
from buuchinh.questions.authored import AuthoredQuestion, asked_as

BrokenRule = tuple[str, dict[str, str]]
"""The id of a lint rule and the values for its message; the value ``file`` is the file that breaks the rule."""


@dataclass(frozen=True)
class GradedItem:
    """A graded question that is not retired, with its file and the ids of the groups that are asked it."""

    path: Path
    question: AuthoredQuestion
    groups: tuple[str, ...]

    @property
    def unit(self) -> str:
        """The unit of the item's file, such as ``bt05`` or ``x05``."""
        return self.path.parent.name if self.path.name == course.QUESTIONS else self.path.stem


def graded_items() -> list[GradedItem]:
    """Return the items of all exams and of the exercises on any path; raise ``KitError`` if a file cannot be read."""
    items: dict[str, tuple[Path, AuthoredQuestion, list[str]]] = {}
    drawn = item_pool.load()
    for group in exam_groups.GROUPS:
        for path, question in (*_of_exercises(group.id), *_of_exam(group, drawn)):
            items.setdefault(question.id, (path, question, []))[2].append(group.id)
    return [GradedItem(path, question, tuple(groups)) for path, question, groups in items.values()]


def not_open() -> Iterator[BrokenRule]:
    """Yield a broken rule for each item that lacks ``taught`` or needs a cell that is missing or folded away."""
    items = graded_items()
    cells, opened = _cells()
    noted = _noted(items)
    broken: dict[tuple[str, str, str], list[str]] = {}
    file: dict[str, str] = {}
    for item in items:
        name = asked_as(item.question)
        file[name] = question_bank.shown(item.path)
        if not item.question.taught and item.unit in noted:
            broken.setdefault(("taught-missing", name, ""), [])
        for cell in item.question.taught:
            if cell not in cells:
                broken.setdefault(("taught-cell", name, cell), [])
            for group in item.groups if cell in cells else ():
                on_path = cell.split("/")[0] in course.settings().paths.get(group, ())
                if not (on_path and cell in opened):
                    groups = broken.setdefault(("taught-open", name, cell), [])
                    groups += [] if group in groups else [group]
    for (rule, name, cell), groups in broken.items():
        group_names = ", ".join(say(f"exam.groups.{group}") for group in groups)
        yield rule, {"file": file[name], "id": name, "cell": cell, "groups": group_names}
    yield from _folded_away()


def notes() -> list[str]:
    """Return an advisory note on the units in which no item has ``taught`` yet, or an empty list if all have some."""
    items = graded_items()
    noted = _noted(items)
    count = sum(item.unit not in noted for item in items)
    units = sorted({item.unit for item in items} - noted)
    return [say("authoring.taught.none_noted", count=count, units=", ".join(units))] if units else []


def _noted(items: Iterable[GradedItem]) -> set[str]:
    """Return the units in which at least one item has ``taught``, which means that all of their items must have it."""
    return {item.unit for item in items if item.question.taught}


def _of_exercises(group: str) -> Iterator[tuple[Path, AuthoredQuestion]]:
    for unit in filter(course.is_exercise, course.settings().paths.get(group, ())):
        source = course.source_folder(unit) / course.QUESTIONS
        for question in question_bank.load(source).questions if source.is_file() else ():
            if not question.retired and types.type_of(question).scored:
                yield source, question


def _of_exam(group: exam_groups.Group, drawn: Iterable[item_pool.PoolItem]) -> Iterator[tuple[Path, AuthoredQuestion]]:
    slots = blueprint.load(group) if group in blueprint.written() else []
    for item in drawn:
        if not item.question.retired and any(slot.fits(item.question) for slot in slots):
            yield item.path, item.question


def _cells() -> tuple[set[str], set[str]]:
    """Return the names of all lesson cells, as ``l05/<cell id>``, and the names of the unfolded ones."""
    every: set[str] = set()
    opened: set[str] = set()
    for lesson in course.lessons():
        for cell in cells(lesson):
            name = f"l{course.lesson_number(lesson)}/{cell.id}"
            every.add(name)
            opened |= {name} if cell.core else set()
    return every, opened


def _folded_away() -> Iterator[BrokenRule]:
    """Yield a broken rule for each critical item in the staff's exercises with a folded-away objective or provision."""
    path = course.settings().paths.get("staff", ())
    objectives: set[str] = set()
    provisions: set[str] = set()
    for lesson in course.lessons():
        if f"l{course.lesson_number(lesson)}" in path:
            for question in _open_questions(lesson):
                objectives |= {question.objective} if question.objective else set()
                provisions |= _provisions(question)
            provisions |= {ref for text in shown(lesson) for ref, _ in law.references_in(text)}
    for source, question in _of_exercises("staff"):
        if question.critical:
            lacks = sorted(_provisions(question) - provisions)
            if question.objective and question.objective not in objectives:
                lacks.insert(0, say("authoring.paths.objective", id=question.objective))
            if lacks:
                yield (
                    "critical-open",
                    {"file": question_bank.shown(source), "id": question.id, "lacks": ", ".join(lacks)},
                )


def _open_questions(lesson: Path) -> Iterator[AuthoredQuestion]:
    asked = set(asked_in_core(lesson))
    for file in question_bank.practice_files():
        if file.stem == f"l{course.lesson_number(lesson)}":
            yield from (question for question in question_bank.load(file).questions if asked_as(question) in asked)


def _provisions(question: AuthoredQuestion) -> set[str]:
    """Return the provisions of the question's latest answer key; for a form, of the latest keys of all its fields."""
    keys = (part.keys[-1] for part, _ in types.parts(question) if getattr(part, "keys", ()))
    return {ref for key in keys for ref in key.provisions}
