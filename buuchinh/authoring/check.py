"""All that is wrong with the course, at once: tables, law, figures, questions, lessons, exercises.

Nothing here depends on the day on which it runs; what time has overtaken is ``audit``'s to say.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

from buuchinh import course, datasets, law, statistics
from buuchinh.authoring import coverage, lint
from buuchinh.authoring.citable import Known, known
from buuchinh.authoring.notebooks import Mention, cells, mentions
from buuchinh.authoring.questions import question_faults
from buuchinh.errors import KitError, Problem
from buuchinh.exam import faults as exam
from buuchinh.messages import say, section
from buuchinh.parsed import still
from buuchinh.questions import bank
from buuchinh.questions.authored import QuestionFile, asked_as
from buuchinh.release import corrections, release, source
from buuchinh.text import fold


def check() -> list[Problem]:
    """Return every fault of the course, errors and warnings, in order of file and line."""
    with still():
        return _check()


def _check() -> list[Problem]:
    package = course.root() / course.DATASETS
    problems = [*_settings(), *datasets.check(package), *law.check(package), *statistics.check(package)]
    problems += _objectives()
    there = known()
    files, faults = _named_by_unit(bank.practice_files())
    pool, pool_faults = _named_by_unit(course.pool_paths())
    graded, graded_faults = _exercises(there)
    problems += [*faults, *pool_faults, *graded_faults]
    everything = [*files, *graded, *pool]
    for path, file in everything:
        problems += question_faults(path, file, there)
    problems += _lessons(files, there)
    problems += _lint(everything, there)
    problems += _coverage(everything)
    problems += exam.faults()
    problems += corrections.check()
    unique = dict.fromkeys(problems)
    return sorted(unique, key=lambda problem: (problem.path, problem.line))


def findings() -> list[statistics.Finding]:
    """Return what does not add up in the sources; none where the tables cannot be read."""
    try:
        return statistics.findings()
    except KitError:
        return []


def _settings() -> list[Problem]:
    """Check ``course.toml``: a deadline for an exercise that there is not would silently be none."""
    try:
        deadlines = course.settings().deadlines
    except KitError as error:
        return error.problems
    units = source.units()
    known = ", ".join(units) or say("questions.nothing")
    return [
        Problem(
            course.SETTINGS,
            0,
            say("authoring.check.no_such_deadline", unit=unit),
            say("authoring.check.units", units=known),
        )
        for unit in deadlines
        if unit not in units
    ]


def _objectives() -> Iterator[Problem]:
    """Check that each objective begins with its verb, and that the verb can be observed."""
    try:
        table = datasets.read("questions/objectives")
    except KitError:
        return
    vague = {fold(word, marks=True) for word in section("authoring.check")["vague_verbs"]}
    for row in table.rows:
        title, verb = (fold(row[name] or "", marks=True) for name in ("title", "verb"))
        shown = table.resource.shown_path
        if not title.startswith(verb):
            yield Problem(shown, row.line, say("authoring.check.verb_differs", id=row["id"], verb=row["verb"]))
        if verb in vague:
            way_out = say("authoring.check.vague_verb_way_out")
            yield Problem(shown, row.line, say("authoring.check.vague_verb", id=row["id"], verb=row["verb"]), way_out)


def _named_by_unit(paths: list[Path]) -> tuple[list[tuple[Path, QuestionFile]], list[Problem]]:
    """Read files of questions that bear the name of their unit; a file's name, unit and ids must agree."""
    files: list[tuple[Path, QuestionFile]] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            file = bank.load(path)
        except KitError as error:
            problems += error.problems
            continue
        files.append((path, file))
        shown = bank.shown(path)
        if file.unit != path.stem:
            problems.append(Problem(shown, 1, say("authoring.check.wrong_unit", unit=file.unit, name=path.stem)))
        problems += [
            Problem(shown, 0, say("authoring.check.foreign_id", id=question.id, unit=path.stem))
            for question in file.questions
            if not question.id.startswith(f"{path.stem}-")
        ]
    return files, problems


def _exercises(there: Known) -> tuple[list[tuple[Path, QuestionFile]], list[Problem]]:
    """Read what is graded; check its cells and what a change would break for hand-ins."""
    files: list[tuple[Path, QuestionFile]] = []
    folder = course.root() / course.SOURCE
    problems = [
        Problem(bank.shown(path), 0, say("release.answers_in_source"), say("release.answers_way_out"))
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
        faults = source.validate(unit)
        try:
            problems += faults or release.breaks(unit)
        except KitError as error:
            problems += error.problems
        path = place / course.QUESTIONS
        try:
            file = bank.load(path)
        except KitError:
            continue
        files.append((path, file))
        problems += _notebook(place / f"{unit}.ipynb", there, {asked_as(question) for question in file.questions})
    return files, problems


def _lessons(files: list[tuple[Path, QuestionFile]], there: Known) -> list[Problem]:
    """Check the lessons, and say which practice question no lesson asks."""
    loaded = {name for _, file in files for one in file.questions for name in (one.id, asked_as(one))}
    broken = {path.stem for path in bank.practice_files()} - {path.stem for path, _ in files}
    problems: list[Problem] = []
    asked: set[str] = set()
    lessons = sorted((course.root() / course.LESSONS).glob("*.ipynb"))
    for path in lessons:
        problems += _notebook(path, there, loaded, tuple(broken))
        asked |= _asked(path)
    for path, file in files:
        if any(lesson.name.startswith(f"{file.unit[1:]}-") for lesson in lessons):
            problems += [
                Problem(bank.shown(path), 0, say("authoring.check.never_asked", id=name), level="warning")
                for name in dict.fromkeys(map(asked_as, file.questions))
                if name not in asked
            ]
    return problems


def _lint(files: list[tuple[Path, QuestionFile]], there: Known) -> list[Problem]:
    """Hold every question, and all of them together, to the rules of good items."""
    problems: list[Problem] = []
    everything: list[lint.Item] = []
    for path, file in files:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
        problems += [
            Problem(bank.shown(path), number, say("authoring.lint.not-nfc.says"), say("authoring.lint.not-nfc.way_out"))
            for number, line in enumerate(lines, 1)
            if not unicodedata.is_normalized("NFC", line)
        ]
        found = lint.items(path, file)
        problems += lint.item_faults(found)
        everything += found
    if there.objectives is not None:
        problems += lint.bank_faults(everything, sorted(there.objectives))
    return problems


def _coverage(files: list[tuple[Path, QuestionFile]]) -> list[Problem]:
    """Check that what names a sentence of the source names one, and that each is taught."""
    try:
        return [*coverage.strangers(files), *lint.coverage_faults(coverage.coverage())]
    except KitError:
        return []  # what cannot be read says so itself


def _asked(path: Path) -> set[str]:
    try:
        return {found.name for cell in cells(path) for found in mentions(cell) if found.kind == "question"}
    except KitError:
        return set()


def _notebook(path: Path, there: Known, questions: set[str], unreadable: tuple[str, ...] = ()) -> Iterator[Problem]:
    """Check one notebook; questions of ``unreadable`` units are passed over, their file says why."""
    if not path.exists():
        return
    try:
        found = cells(path)
    except KitError as error:
        yield from error.problems
        return
    for cell in found:
        for number, line in enumerate(cell.text.splitlines(), 1):
            if not unicodedata.is_normalized("NFC", line):
                yield Problem(
                    cell.place(number), 0, say("authoring.lint.not-nfc.says"), say("authoring.lint.not-nfc.way_out")
                )
        yield from lint.cell_faults(cell)
        for mention in mentions(cell):
            if mention.kind == "link":
                yield from _link(path, mention)
            elif mention.kind == "question":
                if mention.name not in questions and not mention.name.startswith(unreadable):
                    yield _unknown(mention, questions)
            elif mention.kind in {"law", "chart"}:
                yield from there.law_faults(mention.name, mention.place)
            elif (names := there.names(mention.kind)) is not None and mention.name not in names:
                yield _unknown(mention, names)


def _link(path: Path, mention: Mention) -> Iterator[Problem]:
    if not (path.parent / mention.name).exists():
        yield Problem(
            mention.place, 0, say("authoring.check.no_file", name=mention.name), say("authoring.check.no_file_way_out")
        )


def _unknown(mention: Mention, names: set[str]) -> Problem:
    near = ", ".join(get_close_matches(mention.name, sorted(names), n=3))
    way_out = say("authoring.check.near", near=near) if near else ""
    return Problem(mention.place, 0, say(f"authoring.check.unknown.{mention.kind}", name=mention.name), way_out)
