"""What each page of the site is made of: screens, questions, the law that they rest on. No key of a graded question.

Practice questions carry their keys, as in a notebook: they are told at once. Graded ones come from the public
sheets, whose shape has no room for a key.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from itertools import chain
from pathlib import Path
from typing import Any

from buuchinh import course, datasets, law
from buuchinh.errors import KitError
from buuchinh.law.told import citation
from buuchinh.messages import say
from buuchinh.questions import bank, types
from buuchinh.questions.authored import AuthoredQuestion, QuestionFile, asked_as
from buuchinh.questions.browser import payload
from buuchinh.questions.practice import assessment
from buuchinh.questions.publish import obscure, public_json, publish, shuffle
from buuchinh.questions.test_forms import FormSheet
from buuchinh.release import versions
from buuchinh.site import drills, notebook_pages
from buuchinh.site.notebook_pages import NotebookPage

Page = dict[str, Any]
ALONE_LIST = "dau-ca"
ALONE = frozenset({"scenario"})
"""Types of practice questions that also stand on a page of their own."""
_LINKED = re.compile(r'href="#([^"/][^"]*)"|\(#([^)\s]+)\)')


def lesson(path: Path) -> tuple[Page, list[str]]:
    """Return a lesson's page, and the files beside its notebook that it shows."""
    number = course.lesson_number(path)
    unit = f"l{number}"
    read = notebook_pages.read(path)
    files = [bank.load(file) for file in bank.practice_files() if file.stem == unit]
    asked = {name for screen in read.screens for name in screen.questions}
    questions, cited = _practice(files, asked)
    version, seed = (files[0].version, files[0].seed) if files else ("0.0.0", "")
    page = _page(unit, "lesson", read, version)
    page |= {"screens": _with_ending(page["screens"]), "seed": seed, "questions": questions, "cited": cited}
    return _with_law(page), read.files


def alone(lesson_page: Page) -> list[Page]:
    """Return a page for each scenario of a lesson that stands for itself: the question and what it rests on."""
    number = lesson_page["id"].removeprefix("l")
    files = [bank.load(file) for file in bank.practice_files() if file.stem == lesson_page["id"]]
    made = []
    for name, shown in lesson_page["questions"].items():
        if shown[0]["type"] not in ALONE:
            continue
        questions, cited = _practice(files, {name})
        page: Page = {name: lesson_page[name] for name in ("version", "seed")}
        page |= {"id": f"rieng-{name}", "kind": "alone", "title": shown[0]["title"], "asked": name}
        page |= {"questions": questions, "cited": cited}
        made.append(_with_law(page) | {"about": say("site.frontend.alone_scenario", lesson=number.lstrip("0"))})
    return made


def alone_list(pages: Iterable[Page]) -> Page:
    """Return the page that names every page that stands for itself, the pictures of parcels first."""
    burst = drills.page()
    about = say("site.frontend.alone_burst", pictures=burst["series"]["loat"]["pictures"])
    listed = [{"id": burst["id"], "title": burst["title"], "about": about}]
    listed += [{name: page[name] for name in ("id", "title", "about")} for page in pages]
    return {"id": ALONE_LIST, "kind": "list", "title": say("site.frontend.alone_title"), "listed": listed}


def exercise(unit: str) -> tuple[Page, list[str]]:
    """Return the page of a released exercise or exam: its public questions by form, no key."""
    return _graded(unit, bank.load_public(course.sheet_path(unit)), course.exercise_folder(unit))


def earlier(unit: str, version: str) -> tuple[Page, list[str]]:
    """Return the page of an exercise or exam as an earlier version asked it, from what is public of its release."""
    folder = versions.folder(unit, version)
    page, shown = _graded(unit, versions.public(versions.by_form(folder)), folder)
    return page, [name for name in shown if (course.root() / course.LESSONS / name).is_file()]


def _graded(unit: str, sheet: FormSheet, folder: Path) -> tuple[Page, list[str]]:
    read = notebook_pages.read(folder / f"{unit}.ipynb")
    kind = "exercise" if course.is_exercise(unit) else "exam"
    forms = {
        form: {question.id: public_json(question) for question in questions}
        for form, questions in sorted(sheet.forms.items())
    }
    page = _page(unit, kind, read, sheet.version) | {"title": sheet.title, "forms": forms, "ids": list(sheet.ids)}
    by_code = {one.id for asked in sheet.forms.values() for one in asked if types.type_of(one).from_code}
    for screen in page["screens"]:
        asked = {part["ask"] for part in screen["parts"] if "ask" in part}
        if asked and asked <= by_code:
            screen |= {"extra": True, "lab": True}  # the way through the page passes by what it cannot ask
    return page | {"law": _law(page)}, read.files


def short_test(unit: str) -> Page:
    """Return the page of a short test: shown as in an exam, told at its end by the course's own practice keys."""
    file = assessment.questions(unit)
    shown = [public_json(publish(question, file.seed)) for question in file.questions]
    told: dict[str, Any] = {}
    cited: dict[str, Any] = {}
    taught = {row["id"]: f"l{row['lesson']}/{row['id']}" for row in datasets.read("questions/objectives").rows}
    for question in file.questions:
        made = payload.practice(obscure(question, file.seed), course.settings().reviewed_on, store=None)
        told[question.id] = made["question"]
        cited |= made["citations"]
    page: Page = {
        "id": unit,
        "kind": "test",
        "title": file.title,
        "version": file.version,
        "shown": shown,
        "told": told,
        "cited": cited,
        "objectives": {question.id: question.objective for question in file.questions},
        "again": {question.id: where for question in file.questions if (where := taught.get(question.objective or ""))},
    }
    return _with_law(page)


def quick_quiz(path: Path, page_id: str) -> Page:
    """Return the page of the quick quiz for customers: each question is told at once, nothing of it is kept."""
    file = bank.load(path)
    made = [_shown(question, file.seed) for question in file.questions]
    page: Page = {
        "id": page_id,
        "kind": "quick",
        "title": file.title,
        "version": file.version,
        "questions": [one["question"] for one in made],
        "cited": {ref: cited for one in made for ref, cited in one["citations"].items()},
    }
    return page | {"law": _law(page)}


def _page(unit: str, kind: str, read: NotebookPage, version: str) -> Page:
    screens = [
        {"title": screen.title, "parts": screen.parts} | ({"extra": True} if screen.extra else {})
        for screen in read.screens
    ]
    return {"id": unit, "kind": kind, "title": read.title, "version": version, "screens": screens}


def _with_ending(screens: list[Page]) -> list[Page]:
    """Return a lesson's screens with the one that ends its main part; a list of the law is beside the way."""
    kinds = [frozenset(chain.from_iterable(screen["parts"])) for screen in screens]
    of_law = ["citations" in kind and "ask" not in kind for kind in kinds]
    core = [at for at, screen in enumerate(screens, 1) if not screen.get("extra") and not of_law[at - 1]]
    last = core[-1] if core else len(screens)
    ending = {"title": say("site.end_screen"), "parts": [{"ending": ""}]}
    return [*screens[:last], ending, *(screen | {"extra": True} for screen in screens[last:])]


def _practice(files: Iterable[QuestionFile], asked: set[str]) -> tuple[dict[str, list[Any]], dict[str, Any]]:
    """Return each asked question with its variants, as practice shows it, and all that their keys cite."""
    questions: dict[str, list[Any]] = {}
    cited: dict[str, Any] = {}
    for file in files:
        for question in file.questions:
            for name in {question.id, asked_as(question)} & asked:
                made = _shown(question, file.seed)
                questions.setdefault(name, []).append(made["question"])
                cited |= made["citations"]
    return questions, cited


def _shown(question: AuthoredQuestion, seed: str) -> dict[str, Any]:
    return payload.practice(shuffle(question, seed), course.settings().reviewed_on, store=None)


def _with_law(page: Page) -> Page:
    """Add the law to a page; what its questions cite is carried once, in the words in which the dialog tells it.

    ``read`` names what a question's citation is read from there, ``cited`` what is told in other words.
    """
    told = _law(page)
    read = []
    for ref, citation_ in page["cited"].items():
        facts = _read_from(told[ref], citation_) if ref in told else None
        if facts is not None:
            told[ref] |= facts
            read.append(ref)
    cited = {ref: shown for ref, shown in page["cited"].items() if ref not in read}
    return page | {"cited": cited, "read": read, "law": told}


def _read_from(told: Mapping[str, Any], shown: Mapping[str, str]) -> dict[str, Any] | None:
    """Return what the dialog needs besides so that a question's citation follows from it; None where none does."""
    tail = "; ".join(filter(None, (told["dates"], told["confidence"], told.get("state", "").rstrip("."))))
    note, quote = shown.get("note", ""), shown.get("quote", "")
    if told["cite"] != shown["text"] or not note.endswith(tail) or quote not in told.get("words", ""):
        return None
    left = note.removesuffix(tail)
    if left and not left.endswith("; "):
        return None
    at = told.get("words", "").index(quote)
    place = {"quote": [at, at + len(quote)]} if quote else {}
    return place | ({"left_out": left.removesuffix("; ")} if left else {})


def _law(page: Page) -> dict[str, Any]:
    """Return what the dialog of each provision tells that the page links to or rests on."""
    linked = [one or other for one, other in _LINKED.findall(_texts(page))]
    found: dict[str, Any] = {}
    for ref in dict.fromkeys([*linked, *page.get("cited", ())]):
        try:
            law.parse(ref)
            found[ref] = {name: text for name, text in asdict(citation(ref)).items() if text and name != "ref"}
        except KitError:
            continue  # no provision: a source, or a heading of the page
    return found


def _texts(node: Any) -> str:
    if isinstance(node, str):
        return node + "\n"
    if isinstance(node, dict):
        return "".join(map(_texts, node.values()))
    return "".join(map(_texts, node)) if isinstance(node, list | tuple) else ""
