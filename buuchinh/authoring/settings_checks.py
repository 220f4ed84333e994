"""Check that the exercises, lessons and learning path steps named in ``course.toml`` exist."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from buuchinh import course
from buuchinh.errors import KitError, Problem
from buuchinh.messages import say
from buuchinh.questions.practice import assessment
from buuchinh.release import source


def faults() -> list[Problem]:
    """Return a problem for each unknown name in the settings, which would otherwise silently have no effect."""
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
    ]


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
