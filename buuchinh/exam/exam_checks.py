"""Check blueprints and the item pool for ``buuchinh check``; a course without a blueprint has no faults here."""

from __future__ import annotations

from dataclasses import replace

from buuchinh import course
from buuchinh.errors import KitError, Problem
from buuchinh.exam import blueprint, exam_builder, item_pool
from buuchinh.questions import question_bank
from buuchinh.questions.authored import AuthoredQuestion
from buuchinh.release import source


def faults() -> list[Problem]:
    """Return a problem for each fault in a blueprint or the pool, and for each item that quotes an open question.

    An open question is one that trainees see before the exam. Gaps, which are requirements that the pool cannot meet,
    are warnings until ``course.toml`` says that the course is complete.
    """
    of_groups = blueprint.written()
    if not of_groups:
        return []
    problems: list[Problem] = []
    tables: list[list[blueprint.Slot]] = []
    items: list[item_pool.PoolItem] = []
    for group in of_groups:
        try:
            tables.append(blueprint.load(group))
        except KitError as error:
            problems += error.problems
    try:
        items = item_pool.load()
    except KitError as error:
        problems += error.problems
    if not problems:
        lacking = [problem for slots in tables for problem in exam_builder.lacks(slots, items)]
        complete = course.settings().complete
        problems += lacking if complete else [replace(problem, level="warning") for problem in lacking]
    return [*problems, *item_pool.resembling(_open(), items)]


def _open() -> list[AuthoredQuestion]:
    """Return the questions of lessons and exercises, which trainees see before an exam; skip unreadable files."""
    exercises = [course.source_folder(unit) / course.QUESTIONS for unit in source.units()]
    questions: list[AuthoredQuestion] = []
    for path in [*question_bank.practice_files(), *(path for path in exercises if path.is_file())]:
        try:
            questions += question_bank.load(path).questions
        except KitError:
            continue  # the check of the file reports it
    return questions
