"""Build the payloads of units: screens, questions and cited law, without answer keys of graded questions.

Practice questions include their keys, because feedback is immediate. Graded questions come from the published files,
whose data model has no field for a key.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any, Literal

from buuchinh import course, datasets, routes
from buuchinh import law as register
from buuchinh.learner.data import drill_data, law, notebook_pages, openings
from buuchinh.learner.data.notebook_pages import NotebookPage
from buuchinh.learner.data.types import Displayed, Page, PageScreen, QuestionData, UnitPage
from buuchinh.messages import say
from buuchinh.notebooks import asked_in
from buuchinh.questions import question_bank, types
from buuchinh.questions.authored import AuthoredQuestion, QuestionFile, asked_as
from buuchinh.questions.browser import payload
from buuchinh.questions.exam_forms import FormSheet
from buuchinh.questions.practice import assessment
from buuchinh.questions.publish import obscure, public_json, publish, shuffle
from buuchinh.text import raised

ALONE = frozenset({"scenario"})
"""The types of practice questions that also have a page of their own."""


def lesson(path: Path, on: date | None = None) -> tuple[UnitPage, list[str]]:
    """Return the page of a lesson, and the names of the files in its folder that the page shows.

    Questions have the keys in force on ``on``, by default the day on which the law was last reviewed.
    """
    number = course.lesson_number(path)
    unit = f"l{number}"
    read = notebook_pages.read(path)
    files = [question_bank.load(file) for file in question_bank.practice_files() if file.stem == unit]
    asked = {name for screen in read.screens for name in screen.questions}
    questions, cited = _practice(files, asked, on)
    version, seed = (files[0].version, files[0].seed) if files else ("0.0.0", "")
    page = _page(unit, "lesson", read, version)
    page |= {"screens": _with_ending(page["screens"]), "seed": seed, "questions": questions, "cited": cited}
    cases = _cases(questions)
    page |= {"cases": cases, "openings": openings.pictures(cases.values()), "objectives": _objectives(questions)}
    return law.with_law(page), read.files


def alone(lesson_page: UnitPage) -> list[UnitPage]:
    """Return a standalone page for each scenario of a lesson, with the question and its citations."""
    number = lesson_page["id"].removeprefix("l")
    files = [question_bank.load(file) for file in question_bank.practice_files() if file.stem == lesson_page["id"]]
    made = []
    for name, shown in lesson_page["questions"].items():
        if shown[0]["type"] not in ALONE:
            continue
        questions, cited = _practice(files, {name})
        page: UnitPage = {
            "id": f"{routes.ALONE}{name}",
            "kind": "alone",
            "title": shown[0]["title"],
            "version": lesson_page["version"],
            "seed": lesson_page["seed"],
            "asked": name,
            "questions": questions,
            "cited": cited,
        }
        made.append(law.with_law(page) | {"about": say("site.frontend.alone_scenario", lesson=number.lstrip("0"))})
    return made


def alone_list(pages: Iterable[UnitPage]) -> Page:
    """Return the page that lists all standalone pages, with the drill first."""
    burst = drill_data.page()
    about = say("site.frontend.alone_burst", pictures=burst["series"]["loat"]["pictures"])
    listed = [{"id": burst["id"], "title": burst["title"], "about": about}]
    listed += [{"id": page["id"], "title": page["title"], "about": page["about"]} for page in pages]
    return {"id": routes.ALONE_LIST, "kind": "list", "title": say("site.frontend.alone_title"), "listed": listed}


def exercise(unit: str, displayed: Displayed | None = None) -> tuple[UnitPage, list[str]]:
    """Return the page of a released exercise or exam, and the names of the files in its folder that the page shows.

    The page has the published questions of all test forms, without answer keys.
    """
    return graded(unit, question_bank.load_public(course.sheet_path(unit)), course.exercise_folder(unit), displayed)


def graded(unit: str, sheet: FormSheet, folder: Path, displayed: Displayed | None = None) -> tuple[UnitPage, list[str]]:
    """Return the page of the published questions in ``sheet``, and the names of the files in ``folder`` that it shows.

    The notebook in ``folder`` determines text and order. ``displayed`` is given only for pages outside notebooks: it
    holds the outputs that the cells would have, by cell id.
    """
    read = notebook_pages.read(folder / f"{unit}.ipynb", displayed)
    kind: Literal["exercise", "exam"] = "exercise" if course.is_exercise(unit) else "exam"
    forms = {
        form: {question.id: _asked(public_json(question), displayed) for question in questions}
        for form, questions in sorted(sheet.forms.items())
    }
    page = _page(unit, kind, read, sheet.version) | {"title": sheet.title, "forms": forms, "ids": list(sheet.ids)}
    by_code = {one.id for asked in sheet.forms.values() for one in asked if types.type_of(one).from_code}
    for screen in page["screens"]:
        asked = {part["ask"] for part in screen["parts"] if "ask" in part}
        if asked and asked <= by_code:
            screen |= {"extra": True, "lab": True}  # the way through the page skips what it cannot ask
    return page | {"law": law.law_dialogs(page)}, read.files


def _asked(question: dict[str, Any], displayed: Displayed | None) -> dict[str, Any]:
    """Return a published question; on a page outside notebooks, mentions of code cells in its stem are reworded."""
    return question if displayed is None else question | {"stem": notebook_pages.without_code(question["stem"])}


def tries(exercise: str) -> UnitPage | None:
    """Return the page of the practice questions in a released exercise, or None if it has no such questions.

    Answers to them are stored under a separate unit and are never submitted.
    """
    path = course.try_path(exercise)
    asked = asked_in(course.exercise_folder(exercise) / f"{exercise}.ipynb") if path else ()
    tried = [name for name in asked if course.is_try(course.unit_of(name))]
    return _tried(question_bank.load(path), tried) if path and tried else None


def self_check(exercise: str) -> UnitPage | None:
    """Return the self-check that replaces ``exercise`` in self-study, or None if it has no practice questions."""
    path = course.try_path(exercise)
    if not path:
        return None
    file = question_bank.load(path)
    return _tried(file, [asked_as(one) for one in file.questions])


def _tried(file: QuestionFile, asked: Iterable[str]) -> UnitPage:
    made, cited = _practice([file], set(asked))
    questions = {name: made[name] for name in asked if name in made}
    page: UnitPage = {"id": file.unit, "kind": "try", "title": file.title, "version": file.version, "seed": file.seed}
    page |= {"screens": [{"title": file.title, "parts": [{"ask": name} for name in questions]}]}
    return law.with_law(page | {"questions": questions, "cited": cited})


def short_test(unit: str) -> UnitPage:
    """Return the page of a short test, which looks like an exam but gives feedback at the end.

    The feedback comes from the course's practice keys, which the page includes.
    """
    file = assessment.questions(unit)
    shown = [public_json(publish(question, file.seed)) for question in file.questions]
    with_keys: dict[str, QuestionData] = {}
    cited: dict[str, Any] = {}
    taught = {row["id"]: f"l{row['lesson']}/{row['id']}" for row in datasets.read("questions/objectives").rows}
    for question in file.questions:
        made = payload.practice(obscure(question, file.seed), course.settings().reviewed_on)
        with_keys[question.id] = made["question"]
        cited |= made["citations"]
    page: UnitPage = {
        "id": unit,
        "kind": "test",
        "title": file.title,
        "version": file.version,
        "shown": shown,
        "told": with_keys,
        "cited": cited,
        "objectives": {question.id: question.objective for question in file.questions},
        "pass_mark": course.settings().pass_mark,
        "again": {question.id: where for question in file.questions if (where := taught.get(question.objective or ""))},
    }
    return law.with_law(page)


def quick_quiz(path: Path) -> Page:
    """Return the page of the quick quiz for customers, which gives immediate feedback and stores no answers."""
    file = question_bank.load(path)
    made = [_shown(question, file.seed) for question in file.questions]
    page: Page = {
        "id": routes.QUICK_QUIZ,
        "kind": "quick",
        "title": file.title,
        "version": file.version,
        "questions": [one["question"] for one in made],
        "cited": {ref: cited for one in made for ref, cited in one["citations"].items()},
    }
    return page | {"law": law.law_dialogs(page)}


def recorded_quiz(path: Path) -> UnitPage:
    """Return the quick quiz as a self-check, for where answers are stored; its end shows what customers remember."""
    file = question_bank.load(path)
    signs = raised(register.sign_line())
    ends = [say("site.frontend.quick_remember"), say("site.frontend.quick_danger", signs=signs)]
    page = _tried(file, [asked_as(one) for one in file.questions])
    page["remember"] = ends
    return page


def _page(unit: str, kind: Literal["lesson", "exercise", "exam"], read: NotebookPage, version: str) -> UnitPage:
    screens: list[PageScreen] = [{"title": screen.title, "parts": screen.parts} for screen in read.screens]
    for screen, of_notebook in zip(screens, read.screens, strict=True):
        if of_notebook.extra:
            screen["extra"] = True
    return {"id": unit, "kind": kind, "title": read.title, "version": version, "screens": screens}


def _with_ending(screens: list[PageScreen]) -> list[PageScreen]:
    """Insert a closing screen after the main part of a lesson's screens.

    The list of cited law does not belong to the main part. All screens after the closing screen are marked as
    ``extra``.
    """
    kinds = [frozenset(chain.from_iterable(screen["parts"])) for screen in screens]
    of_law = ["citations" in kind and "ask" not in kind for kind in kinds]
    core = [at for at, screen in enumerate(screens, 1) if not screen.get("extra") and not of_law[at - 1]]
    last = core[-1] if core else len(screens)
    ending: PageScreen = {"title": say("site.end_screen"), "parts": [{"ending": ""}]}
    return [*screens[:last], ending, *(screen | {"extra": True} for screen in screens[last:])]


def _cases(questions: dict[str, list[Any]]) -> dict[str, str]:
    """Return the first case of each role; it opens and closes the lesson for trainees who have that role."""
    cases: dict[str, str] = {}
    for name, shown in questions.items():
        if role := course.role_named(shown[0].get("role") or ""):
            cases.setdefault(role, name)
    return cases


def _objectives(questions: dict[str, list[Any]]) -> dict[str, str]:
    """Return the titles of the learning objectives that ``questions`` test, by objective id."""
    asked = {one["objective"] for shown in questions.values() for one in shown if one.get("objective")}
    return {row["id"]: row["title"] for row in datasets.read("questions/objectives").rows if row["id"] in asked}


def _practice(
    files: Iterable[QuestionFile], asked: set[str], on: date | None = None
) -> tuple[dict[str, list[Any]], dict[str, Any]]:
    """Return the variants of each question in ``asked`` as practice payloads, and the citations of their keys."""
    questions: dict[str, list[Any]] = {}
    cited: dict[str, Any] = {}
    for file in files:
        for question in file.questions:
            for name in {question.id, asked_as(question)} & asked:
                made = _shown(question, file.seed, on)
                questions.setdefault(name, []).append(made["question"])
                cited |= made["citations"]
    return questions, cited


def _shown(question: AuthoredQuestion, seed: str, on: date | None = None) -> dict[str, Any]:
    return payload.practice(shuffle(question, seed), on or course.settings().reviewed_on)
