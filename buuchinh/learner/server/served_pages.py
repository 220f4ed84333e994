"""Build the payloads of a notebook's screens: the course, and each unit's page as its owner may see it.

Pages are cached without their text, which is most of a page: a notebook shows the text itself, and the screens in it
ask for pages without text. A page with its text is built each time.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from buuchinh import course, office, routes
from buuchinh.errors import KitError
from buuchinh.lab import hub_login
from buuchinh.learner.data import course as course_page
from buuchinh.learner.data import drill_data, follow_up, office_page, unit
from buuchinh.learner.data.types import Course, HostPages, Page, SheetRow, UnitPage
from buuchinh.learner.server import hub_words
from buuchinh.learner.server.refused import Refused
from buuchinh.messages import say, section
from buuchinh.notebook import role_path
from buuchinh.notebook.workspace import here, place_of
from buuchinh.parsed import parsed
from buuchinh.questions import question_bank
from buuchinh.questions.exam_forms import FormSheet, pick
from buuchinh.questions.practice import asked_on_day, assessment

_LAW = ("documents.csv", "provisions.csv")


def course_data() -> Course:
    """Return the payload of the front page, with the additions for notebooks.

    ``sheets`` holds the sheets to print on the paths of roles, and ``law_day`` the day given to ``buuchinh lab
    --date``. Pages that only a site has are left out.
    """
    made = [*map(_lesson, _in_order()), *map(_short_test, assessment.available_tests()), *map(_released, _units())]
    offered = {drill_data.ID, follow_up.ID}
    more: HostPages = {"goods": None, "quick": None, "later": {}}
    payload = course_page.front_page(made, {}, course.settings().leader, offered, exams_to_come=True, more=more)
    for name, row in payload["units"].items():
        until = course.settings().deadline(name)
        row["until"] = until.isoformat() if until else None
        if course.graded(name) and (sheet := _begun(name)):
            row["total"] = len(sheet.ids)
    sheets = {row["unit"]: row for row in _sheets()}
    for role in payload["roles"]:
        steps = course.settings().path(role["id"])
        role["path"] = [step for step in steps if step in payload["units"] or step in sheets]
    day = law_day()
    payload["words"]["keys"] = section("site.keys")
    payload["words"]["lab"] = section("site.later") | section("learner.lab") | hub_words.words()
    payload["sheets"] = list(sheets.values())
    payload["law_day"] = day.isoformat() if day else None
    payload["start"] = course.START_PAGE
    payload["logout"] = hub_login.logout()
    return payload


def page(name: str, on: date | None = None, *, text: bool = True) -> Page | UnitPage:
    """Return the page with the id ``name``; raise ``Refused`` if no page has this id.

    ``on`` makes a lesson's questions ask about the law of another day. If ``text`` is False, the screens contain no
    HTML.
    """
    on = on or law_day()
    if path := lesson_path(name):
        return _on_day(path, on, text=text) if on else _lesson(path, text=text)
    if course.graded(name):
        return _graded(name, text=text)
    if name in assessment.available_tests():
        return _short_test(name)
    if course.is_try(name) and (tried := _tries(name)):
        return tried
    return _without_unit(name)


def law_day() -> date | None:
    """Return the day given to ``buuchinh lab --date``, or None if no day was given."""
    return course.law_day() if os.environ.get(course.LAW_DAY) else None


def lesson_path(name: str) -> Path | None:
    """Return the path of the lesson with this id, such as ``l05``, or None if there is no such lesson."""
    return next((path for path in course.lessons() if f"l{course.lesson_number(path)}" == name), None)


def _without_unit(name: str) -> Page:
    """Return the page with the id ``name`` that belongs to no unit; raise ``Refused`` if there is no such page."""
    if name == drill_data.ID:
        return drill_data.page()
    if name == follow_up.ID:
        return follow_up.page(map(_lesson, _in_order()))
    if name == routes.OFFICE:
        faults = [str(problem) for problem in office.faults()]
        return office_page.page(shown=False) | {"values": office.sound()} | ({"faults": faults} if faults else {})
    raise Refused(say("learner.server.unknown"), 404)


def _without_text(made: UnitPage) -> UnitPage:
    if "screens" not in made:
        return made
    screens = made["screens"]
    return made | {
        "screens": [screen | {"parts": [part for part in screen["parts"] if "html" not in part]} for screen in screens]
    }


def _made(
    make: Callable[[Path], UnitPage], path: Path, name: str, *, text: bool = False, on: date | None = None
) -> UnitPage:
    """Return the page of the unit ``name`` that ``make`` builds from ``path``: with its text, or without and cached."""
    return make(path) if text else parsed(partial(_made_bare, make), path, *_rests_on(name), key=on)


def _made_bare(make: Callable[[Path], UnitPage], path: Path) -> UnitPage:
    return _without_text(make(path))


def _lesson(path: Path, on: date | None = None, *, text: bool = False) -> UnitPage:
    return _made(partial(_read_lesson, on=on), path, f"l{course.lesson_number(path)}", text=text, on=on)


def _read_lesson(path: Path, on: date | None = None) -> UnitPage:
    return unit.lesson(path, on)[0]


def _short_test(name: str) -> UnitPage:
    return parsed(_read_test, course.bank_path(name), *_rests_on(name))  # has no text


def _read_test(path: Path) -> UnitPage:
    return unit.short_test(path.stem)


def _tries(name: str) -> UnitPage | None:
    """Return the page of an exercise's practice questions, or None if its released notebook asks none."""
    exercise = f"b{name}"
    if exercise not in _units():
        return None
    path = course.exercise_folder(exercise) / f"{exercise}.ipynb"
    return parsed(_read_tries, path, *_rests_on(name))  # has no text


def _read_tries(path: Path) -> UnitPage | None:
    return unit.tries(path.stem)


def _released(name: str, *, text: bool = False) -> UnitPage:
    return _made(_read_released, course.sheet_path(name), name, text=text)


def _read_released(path: Path) -> UnitPage:
    return unit.exercise(path.parent.name)[0]


def _rests_on(name: str) -> Iterator[Path]:
    """Yield the files, besides its main source, on which a page depends; any change to them invalidates the cache."""
    yield course.root() / course.SETTINGS
    yield course.exercise_folder(name) / f"{name}.ipynb" if course.graded(name) else course.bank_path(name)
    yield from (course.root() / course.DATASETS / "law" / file for file in _LAW)


def _on_day(path: Path, on: date, *, text: bool) -> UnitPage:
    """Return a lesson's page as of the day ``on``, without the questions that cannot be asked about that day."""
    name = f"l{course.lesson_number(path)}"
    made = _lesson(path, on, text=text)
    questions = {one.id: one for file in _banks(name) for one in file.questions}
    obstacles = {key: why for key, one in questions.items() if (why := asked_on_day.not_asked(one, on))}
    offered = {
        asked: [one for one in variants if one["id"] not in obstacles] for asked, variants in made["questions"].items()
    }
    obstacles |= {asked: obstacles[made["questions"][asked][0]["id"]] for asked, left in offered.items() if not left}
    notices = {
        key: asked_on_day.law_day_notice(one.as_of) for key, one in questions.items() if one.as_of and one.as_of != on
    }
    return made | {
        "questions": {asked: variants for asked, variants in offered.items() if variants},
        "on": on.isoformat(),
        "notice": asked_on_day.law_day_notice(on),
        "notices": notices,
        "obstacles": obstacles,
    }


def _banks(name: str) -> Iterator[Any]:
    return (question_bank.load(path) for path in question_bank.practice_files() if path.stem == name)


def _graded(name: str, *, text: bool) -> UnitPage:
    """Return the page of an exercise or exam, with the owner's test form and in the version that the owner began."""
    sheet, released = _begun(name), name in _units()
    if not sheet and not released:
        raise Refused(say("notebook.no_exercise", unit=name), 404)
    if not sheet:
        sheet, made = question_bank.load_public(course.sheet_path(name)), _released(name, text=text)
    else:
        made = unit.graded(name, sheet, course.exercise_folder(name) if released else place_of(name)[0])[0]
        if not released:  # withdrawn since: the trainee's notebook gives the order, and its text is not trusted
            text = False
    made = made if text else _without_text(made)
    code = place_of(name)[1]
    if not sheet.has_forms:
        return made
    if code is None:
        return made | {"forms": {}, "needs_code": True}
    form = pick(name, sheet.forms, code)
    return made | {"forms": {form: made["forms"][form]}}


def _begun(name: str) -> FormSheet | None:
    """Return the published questions stored with the owner's work, or None if the owner has not begun the unit."""
    for folder in (here(), place_of(name)[0]):
        with suppress(KitError):
            path = folder / course.SHEET
            if path.is_file() and (found := question_bank.load_public(path)).unit == name:
                return found
    return None


def _units() -> list[str]:
    return course.released_units()


def _in_order() -> list[Path]:
    """Return the lessons in the order in which the course teaches them."""
    first = course.settings().lesson_order
    place = {number: at for at, number in enumerate(first)}
    return sorted(course.lessons(), key=lambda path: place.get(course.lesson_number(path), len(first)))


def _sheets() -> Iterator[SheetRow]:
    steps = dict.fromkeys(step for role in course.ROLES for step in course.settings().path(role))
    for step in steps:
        if not course.graded(step) and (sheet := course.sheet_to_print(step)).is_file():
            row = role_path.sheet_row(step, sheet)
            yield {"unit": row["unit"], "title": row["title"], "sheet": row["sheet"]}
