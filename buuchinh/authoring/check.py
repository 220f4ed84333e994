"""Check the whole course: tables, law, figures, questions, lessons and exercises.

The result does not depend on the current date; ``audit`` reports legal bases that have lapsed in the meantime.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

from buuchinh import course, datasets, disk_cache, law, office, statistics
from buuchinh.authoring import (
    campaign_checks,
    coverage,
    drill_checks,
    emergency_checks,
    goods_checks,
    lint,
    notebook_checks,
    paths,
    settings_checks,
    taught,
)
from buuchinh.authoring.citable import CitableIds, citable_ids
from buuchinh.authoring.mentions import cells
from buuchinh.authoring.question_checks import question_faults
from buuchinh.errors import KitError, Problem
from buuchinh.exam import exam_checks as exam
from buuchinh.files import read_text
from buuchinh.messages import say
from buuchinh.parsed import snapshot_mode
from buuchinh.questions import question_bank
from buuchinh.questions.authored import QuestionFile, asked_as
from buuchinh.release import corrections, release, source
from buuchinh.text import fold


def check() -> list[Problem]:
    """Return every problem found in the course, whether error or warning, sorted by file and line."""
    with snapshot_mode():
        return _check()


def _check() -> list[Problem]:
    package = course.root() / course.DATASETS
    problems = [*settings_checks.faults(), *disk_cache.problems("tables", (), lambda: _tables(package))]
    problems += [*drill_checks.faults(), *office.faults(), *emergency_checks.faults()]
    citable = citable_ids()
    problems += campaign_checks.faults(citable)
    files, faults = _named_by_unit(question_bank.practice_files())
    pool, pool_faults = _named_by_unit(course.pool_paths())
    graded, graded_faults = _exercises(citable)
    problems += [*faults, *pool_faults, *graded_faults]
    everything = [*files, *graded, *pool]
    for path, file in everything:
        about = (f"questions-{question_bank.shown(path)}", [path, *path.parent.rglob("*.svg")])
        problems += disk_cache.problems(*about, partial(question_faults, path, file, citable))
    problems += _lessons(files, citable)
    problems += _lint(everything, files, citable)
    problems += _sheets()
    problems += _coverage(everything)
    problems += _paths()
    problems += exam.faults()
    graded_files = disk_cache.within(course.root() / course.SOURCE)
    problems += disk_cache.problems("corrections", graded_files, corrections.check)
    unique = dict.fromkeys(problems)
    return sorted(unique, key=lambda problem: (problem.path, problem.line))


def _tables(package: Path) -> Iterator[Problem]:
    """Yield a problem for each table entry that is invalid or contradicts another."""
    yield from datasets.check(package)
    yield from law.check(package)
    yield from statistics.check(package)
    yield from goods_checks.faults()
    yield from _objectives()


def notes() -> list[str]:
    """Return the check's advisory notes, which are not problems."""
    with suppress(KitError):  # the check of the unreadable file reports it
        return [*campaign_checks.notes(), *taught.notes()]
    return campaign_checks.notes()


def findings() -> list[statistics.Finding]:
    """Return the inconsistencies that the sources themselves contain, or an empty list if the tables cannot be read."""
    try:
        return statistics.findings()
    except KitError:
        return []


def _objectives() -> Iterator[Problem]:
    """Yield a problem for each learning objective that does not begin with its verb or whose verb is not observable."""
    try:
        table = datasets.read("questions/objectives")
    except KitError:
        return
    vague = {fold(word, marks=True) for word in lint.vague_verbs()}
    for row in table.rows:
        title, verb = (fold(row[name] or "", marks=True) for name in ("title", "verb"))
        shown = table.resource.shown_path
        if not title.startswith(verb):
            yield Problem(shown, row.line, say("authoring.check.verb_differs", id=row["id"], verb=row["verb"]))
        if verb in vague:
            way_out = say("authoring.check.vague_verb_way_out")
            yield Problem(shown, row.line, say("authoring.check.vague_verb", id=row["id"], verb=row["verb"]), way_out)


def _named_by_unit(paths: list[Path]) -> tuple[list[tuple[Path, QuestionFile]], list[Problem]]:
    """Return the readable question files as ``(path, contents)`` pairs, and the problems found in all of ``paths``.

    A problem is a file that cannot be read, or whose name, unit and question ids disagree.
    """
    files: list[tuple[Path, QuestionFile]] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            file = question_bank.load(path)
        except KitError as error:
            problems += error.problems
            continue
        files.append((path, file))
        shown = question_bank.shown(path)
        if file.unit != path.stem:
            problems.append(Problem(shown, 1, say("authoring.check.wrong_unit", unit=file.unit, name=path.stem)))
        problems += [
            Problem(shown, 0, say("authoring.check.foreign_id", id=question.id, unit=path.stem))
            for question in file.questions
            if not question.id.startswith(f"{path.stem}-")
        ]
    return files, problems


def _exercises(citable: CitableIds) -> tuple[list[tuple[Path, QuestionFile]], list[Problem]]:
    """Return the graded question files, and the problems found in the exercises and exams of ``source/``.

    Changes that would break work handed in for a released version are problems too.
    """
    files: list[tuple[Path, QuestionFile]] = []
    folder = course.root() / course.SOURCE
    problems = [
        Problem(question_bank.shown(path), 0, say("release.answers_in_source"), say("release.answers_way_out"))
        for path in sorted(folder.rglob(course.ANSWERS))
    ]
    for place in sorted(path for path in folder.glob("*") if path.is_dir()):
        unit = place.name
        if unit not in source.units():
            problems.append(
                Problem(
                    f"source/{unit}",
                    0,
                    say("authoring.check.no_questions"),
                    say("authoring.check.no_questions_way_out"),
                )
            )
            continue
        problems += disk_cache.problems(f"unit-{unit}", disk_cache.within(place), partial(_unit, unit))
        path = place / course.QUESTIONS
        try:
            file = question_bank.load(path)
        except KitError:
            continue
        files.append((path, file))
        with suppress(KitError):  # the check of the notebook reports it
            problems += lint.exercise_faults(unit, file)
        known_here = {asked_as(question) for question in file.questions} | lint.tries.names(unit)
        problems += notebook_checks.faults(place / f"{unit}.ipynb", citable, known_here)
    return files, problems


def _unit(unit: str) -> list[Problem]:
    """Return the problems found in the source of an exercise or exam.

    If the source is valid, return its changes that would break released versions instead.
    """
    try:
        return source.validate(unit) or release.breaks(unit)
    except KitError as error:
        return error.problems


def _lessons(files: list[tuple[Path, QuestionFile]], citable: CitableIds) -> list[Problem]:
    """Return the problems found in the lessons, and a warning for each practice question that no lesson asks."""
    loaded = {name for _, file in files for question in file.questions for name in (question.id, asked_as(question))}
    broken = {path.stem for path in question_bank.practice_files()} - {path.stem for path, _ in files}
    problems: list[Problem] = []
    asked: set[str] = set()
    lessons = sorted((course.root() / course.LESSONS).glob("*.ipynb"))
    for path in lessons:
        problems += notebook_checks.faults(path, citable, loaded, tuple(broken))
        asked |= notebook_checks.questions_asked(path)
    for path, file in files:
        if not course.is_try(file.unit) and any(lesson.name.startswith(f"{file.unit[1:]}-") for lesson in lessons):
            problems += [
                Problem(question_bank.shown(path), 0, say("authoring.check.never_asked", id=name), level="warning")
                for name in dict.fromkeys(map(asked_as, file.questions))
                if name not in asked
            ]
    return problems


def _lint(
    files: list[tuple[Path, QuestionFile]], practice: list[tuple[Path, QuestionFile]], citable: CitableIds
) -> list[Problem]:
    """Return a problem for each violation of a lint rule in questions, in lessons or in the course as a whole."""
    problems: list[Problem] = []
    everything: list[lint.Item] = []
    for path, file in files:
        problems += _not_nfc(path)
        items = lint.items(path, file)
        about = (f"lint-{question_bank.shown(path)}", [path, *path.parent.rglob("*.svg")])
        problems += disk_cache.problems(*about, partial(lint.item_faults, items))
        everything += items
    if citable.objectives is not None:
        problems += lint.bank_faults(everything, sorted(citable.objectives))
    lessons = list(_readable_lessons(practice))
    with suppress(KitError):  # datasets.check reports an unreadable table
        for lesson in lessons:
            problems += lint.lesson_faults(lesson)
        problems += lint.course_faults(lessons, everything, source.units())
    return problems


def _not_nfc(path: Path) -> Iterator[Problem]:
    """Yield a problem for each line in ``path`` that is not in Unicode normalisation form NFC."""
    says, way_out = say("authoring.lint.not-nfc.says"), say("authoring.lint.not-nfc.way_out")
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
        if not unicodedata.is_normalized("NFC", line):
            yield Problem(question_bank.shown(path), number, says, way_out)


def _readable_lessons(practice: list[tuple[Path, QuestionFile]]) -> Iterator[lint.Lesson]:
    """Yield every lesson that can be read, together with its practice questions; the start page ``00`` is left out."""
    by_unit = {file.unit: file for _, file in practice}
    for path in sorted((course.root() / course.LESSONS).glob("[0-9][0-9]-*.ipynb")):
        number = path.name[:2]
        with suppress(KitError):  # the check of the notebook reports it
            if number != "00":
                yield lint.Lesson(path, tuple(cells(path)), by_unit.get(f"l{number}"))


def _sheets() -> Iterator[Problem]:
    """Yield the problems found in the printable sheets of ``lessons/phu-luc``."""
    for path in sorted((course.root() / course.LESSONS / "phu-luc").glob("*.html")):
        shown = question_bank.shown(path)
        try:
            text = read_text(path, shown)
        except KitError as error:
            yield from error.problems
            continue
        with suppress(KitError):  # law.check reports an unreadable register
            yield from lint.sheet_faults(text, shown)


def _coverage(files: list[tuple[Path, QuestionFile]]) -> list[Problem]:
    """Return a problem for each reference to an unknown source sentence and each sentence taught too little."""
    try:
        return [*coverage.strangers(files), *lint.coverage_faults(coverage.coverage())]
    except KitError:
        return []  # the check of the unreadable file reports it


def _paths() -> list[Problem]:
    """Return a problem for each learning path that is too long and each graded item whose content it folds away."""
    try:
        return lint.path_faults(paths.broken())
    except KitError:
        return []  # the check of the unreadable file reports it
