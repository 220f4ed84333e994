"""Check that the units and steps named in ``course.toml`` exist, and that exercises name its pass mark."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from buuchinh import course
from buuchinh.authoring.mentions import Cell, cells
from buuchinh.errors import KitError, Problem
from buuchinh.messages import say
from buuchinh.questions.practice import assessment
from buuchinh.release import source
from buuchinh.text import format_number

_PASS_MARK = re.compile(r"từ\s+(\d+(?:,\d+)?)\s*%\s+số điểm")


def faults() -> list[Problem]:
    """Return a problem for each unknown name in the settings, and for each pass mark that differs from theirs.

    Without the check, an unknown name would silently have no effect.
    """
    try:
        settings = course.settings()
    except KitError as error:
        return error.problems
    lessons = [course.lesson_number(path) for path in course.lessons()]
    order = settings.lesson_order if settings.complete else ()
    path = dict.fromkeys(step for steps in settings.paths.values() for step in steps) if settings.complete else ()
    units = source.units()
    steps = [*(f"l{number}" for number in lessons), *units, *assessment.available_tests()]
    sheets = [step for step in path if course.sheet_to_print(step).is_file()]
    return [
        *_missing("deadline", settings.deadlines, units),
        *_missing("lesson", order, lessons),
        *_missing("step", path, [*steps, *sheets]),
        *_other_marks(filter(course.is_exercise, units), settings.pass_mark),
    ]


def _other_marks(exercises: Iterable[str], pass_mark: float) -> Iterator[Problem]:
    """Yield a problem for each line of an exercise that tells trainees another pass mark than ``pass_mark``.

    Exams are left out: their notebooks are made with the mark of their release.
    """
    mark = format_number(100 * pass_mark)
    for exercise in exercises:
        path = course.source_folder(exercise) / f"{exercise}.ipynb"
        for cell in _readable_cells(path):
            for number, line in enumerate(cell.text.splitlines(), 1):
                for other in {*_PASS_MARK.findall(line)} - {mark}:
                    words = say("authoring.settings.other_mark", other=other, mark=mark)
                    yield Problem(cell.place(number), 0, words, say("authoring.settings.other_mark_way_out", mark=mark))


def _readable_cells(path: Path) -> list[Cell]:
    """Return a notebook's cells, or none if it cannot be read, which the check of notebooks reports."""
    try:
        return list(cells(path)) if path.is_file() else []
    except KitError:
        return []


def _missing(kind: str, named: Iterable[str], existing: Sequence[str]) -> list[Problem]:
    known = ", ".join(existing) or say("questions.nothing")
    return [
        Problem(
            course.SETTINGS,
            0,
            say(f"authoring.settings.no_such_{kind}", name=name),
            say(f"authoring.settings.{kind}s", known=known),
        )
        for name in named
        if name not in existing
    ]
