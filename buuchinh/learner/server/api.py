"""Implement the API of a notebook's screens, used over HTTP (``handlers``) and by direct calls.

Calls are stateless except for cached files; each call names its notebook. Files are written exactly as a kernel's
widgets write them, and each answer is synced to disk before it is confirmed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping
from datetime import date
from typing import Any

from buuchinh import course
from buuchinh.errors import KitError
from buuchinh.learner.server import hub_feedback, served_pages, solution_files, state_files
from buuchinh.learner.server.refused import Refused
from buuchinh.messages import say
from buuchinh.notebook import deliveries, pack, person, workspace
from buuchinh.notebook.exercise_progress import question_states
from buuchinh.notebook.guest_copies import guest_copies
from buuchinh.notebook.submission_history import submitted_zips
from buuchinh.parsed import snapshot_mode
from buuchinh.questions import question_bank
from buuchinh.questions.answers import Entry, Record
from buuchinh.questions.drills import sitting
from buuchinh.questions.drills.parts import parts
from buuchinh.questions.drills.picture import read as read_picture
from buuchinh.questions.practice import asked_on_day, assessment, spacing

Arguments = Mapping[str, Any]
_PACK = re.compile(rf"{spacing.ROOM}-(\d+)")
_NO_SHEET = "1.0.0"
"""The version recorded with answers to question packs and pictures, which do not belong to a released version."""


def call(method: str, path: str, arguments: Arguments) -> Any:
    """Return the result of a call such as ``call("GET", "pages/l05", {"notebook": "lessons/05-….ipynb"})``.

    Raise ``KitError``, usually ``Refused``, with a message for the user, or ``OSError`` if a file cannot be read or
    written.
    """
    name, _, rest = path.partition("/")
    function = _CALLS.get((method, path)) or (_BY_NAME.get((method, name)) if rest else None)
    if function is None:
        raise Refused(say("learner.server.unknown"), 404)
    folder = _folder(_text(arguments, "notebook"))
    with workspace.at(folder):
        more = () if (method, path) in _CALLS else (rest,)
        if method != "GET":
            return function(arguments, *more)
        with snapshot_mode():
            return function(arguments, *more)


def _folder(notebook: str) -> Any:
    try:
        return workspace.folder_of(notebook)
    except KitError as error:
        raise Refused(str(error), 404) from error


def _course(_arguments: Arguments) -> Any:
    return served_pages.course_data()


def _page(arguments: Arguments, name: str) -> Any:
    return served_pages.page(name, _day(arguments), text=arguments.get("text") not in {"0", 0})


def _journal(arguments: Arguments) -> Any:
    unit = _unit(arguments)
    record = _on_day(_record(unit), unit, arguments)
    return {"person": person.person(), "entries": _entries(unit, record), "remarks": _remarks(record)}


def _all(_arguments: Arguments) -> Any:
    units = [*_lessons(), *_tries(), *assessment.available_tests(), *course.released_units(), *_packs(), sitting.UNIT]
    records = {unit: _on_day(_record(unit), unit, {}) for unit in units}
    entries = {unit: found for unit, record in records.items() if (found := _entries(unit, record))}
    states = {key: state for key in state_files.names() if (state := state_files.read(key)) is not None}
    submissions = {unit: one for unit in course.released_units() if (one := _submissions_of(unit))}
    remarks = [one for record in records.values() for one in _remarks(record)]
    now = person.person()
    return {
        "person": now,
        "units": entries,
        "submissions": submissions,
        "states": states,
        "remarks": remarks,
        "guest_copies": guest_copies(now["code"]),
    }


def _answer(arguments: Arguments) -> Any:
    unit, name = _unit(arguments), _text(arguments, "id")
    if "answer" not in arguments:
        raise _not_understood()
    record = _on_day(_record(unit, _asked(arguments, unit, name)), unit, arguments)
    try:
        at = record.put(name, arguments["answer"], typed=arguments.get("typed") is True)
    except (ValueError, RecursionError) as error:
        raise _not_understood() from error
    return {"at": at.isoformat(), "entry": record.answers()[name]}


def _remark(arguments: Arguments) -> Any:
    unit, name = _unit(arguments), _text(arguments, "id")
    record = _on_day(_record(unit, _asked(arguments, unit, name)), unit, arguments)
    return {"at": record.remark(name, _text(arguments, "text")).isoformat()}


def _submissions(arguments: Arguments) -> Any:
    unit = _unit(arguments)
    return _submissions_of(unit) if course.graded(unit) else []


def _submit(arguments: Arguments) -> Any:
    unit = _unit(arguments)
    if not course.graded(unit):
        raise Refused(say("notebook.no_exercise", unit=unit), 404)
    try:
        return pack.hand_over(unit, anyway=arguments.get("anyway") is True)
    except KitError as error:
        raise Refused(str(error), needs_code=course.current_code() is None) from error


def _workspace(arguments: Arguments) -> Any:
    unit = _unit(arguments)
    if unit not in {*_lessons(), *assessment.available_tests(), *course.released_units()}:
        raise Refused(say("learner.server.unknown"), 404)
    gave_code = (
        workspace.is_guests() and course.current_code()
    )  # in a guest's notebook: the next notebook belongs to the code
    try:
        with workspace.at(course.root() if gave_code else workspace.here()):
            begun = (workspace.place_of(unit)[0] / f"{unit}.ipynb").exists()
            opened = workspace.lay_out(unit)
    except KitError as error:
        raise Refused(str(error), needs_code=course.current_code() is None) from error
    if course.graded(unit) and not begun:
        from buuchinh.learner.server import cell_parts  # imports IPython, which nothing else here needs

        cell_parts.renew(opened)
    return {"path": opened.relative_to(course.root()).as_posix()}


def _arrive(arguments: Arguments) -> Any:
    person.arrive(_text(arguments, "code"))
    return {"person": person.person()}


def _leave(_arguments: Arguments) -> Any:
    workspace.leave_desk()
    return {"person": person.person()}


def _state(_arguments: Arguments, key: str) -> Any:
    return state_files.read(key)


def _keep_state(arguments: Arguments, key: str) -> Any:
    return state_files.write(key, arguments.get("value"))


def _erase_state(_arguments: Arguments, key: str) -> Any:
    state_files.erase(key)


_CALLS: dict[tuple[str, str], Callable[[Arguments], Any]] = {
    ("GET", "course"): _course,
    ("GET", "journal"): _journal,
    ("GET", "journal/all"): _all,
    ("POST", "journal"): _answer,
    ("POST", "remarks"): _remark,
    ("GET", "submissions"): _submissions,
    ("POST", "submissions"): _submit,
    ("POST", "workspace"): _workspace,
    ("PUT", "person"): _arrive,
    ("DELETE", "person"): _leave,
}
_BY_NAME: dict[tuple[str, str], Callable[[Arguments, str], Any]] = {
    ("GET", "pages"): _page,
    ("GET", "state"): _state,
    ("PUT", "state"): _keep_state,
    ("DELETE", "state"): _erase_state,
    ("GET", "solutions"): solution_files.read,
    ("PUT", "solutions"): solution_files.write,
    ("DELETE", "solutions"): solution_files.erase,
}


def _unit(arguments: Arguments) -> str:
    """Return the requested unit, by default that of the notebook's folder; raise ``Refused`` if it is unknown."""
    unit = _text(arguments, "unit") if arguments.get("unit") is not None else workspace.here().name
    known = {*_lessons(), *_tries(), *assessment.available_tests(), *_packs(), sitting.UNIT, *course.released_units()}
    if unit in known or (course.graded(unit) and workspace.here().name == unit):
        return unit
    raise Refused(say("learner.server.unknown"), 404)


def _lessons() -> list[str]:
    return [f"l{course.lesson_number(path)}" for path in course.lessons()]


def _tries() -> list[str]:
    return [path.stem for unit in course.released_units() if (path := course.try_path(unit))]


def _packs() -> list[str]:
    return [f"{spacing.ROOM}-{days}" for days in spacing.DAYS]


def _record(unit: str, version: str = _NO_SHEET) -> Record:
    return workspace.record_of(unit, version)


def _on_day(record: Record, unit: str, arguments: Arguments) -> Record:
    """Return the record for answers about the law of the requested day, or ``record`` if no other day applies."""
    day = _day(arguments) or served_pages.law_day()
    return asked_on_day.record_of(record, day) if day and unit in _lessons() else record


def _asked(arguments: Arguments, unit: str, name: str) -> str:
    """Return the version in which a question was shown; raise ``Refused`` if the unit does not contain the question."""
    version, ids = _questions(unit)
    if name not in ids:
        raise Refused(say("learner.server.unknown_question", id=name), 404)
    requested = arguments.get("version")
    if requested is None:
        return version
    if not isinstance(requested, str) or len(requested) > 40 or not course.is_version(requested):
        raise _not_understood()
    return requested


def _questions(unit: str) -> tuple[str, Container[str]]:
    """Return a unit's version and question ids; if an exam has several forms, they are those of the trainee's form."""
    if unit == sitting.UNIT:
        return _NO_SHEET, _Pictures()
    if course.graded(unit):
        try:
            sheet = workspace.sheet_of(unit)
        except KitError as error:
            raise Refused(str(error), 403, needs_code=workspace.place_of(unit)[1] is None) from error
        return sheet.version, {question.id for question in sheet.questions}
    of_pack = _PACK.fullmatch(unit)
    units = set(_lessons()) if of_pack else {unit}
    files = [question_bank.load(path) for path in question_bank.practice_files() if path.stem in units]
    version = _NO_SHEET if of_pack else files[0].version if files else "0.0.0"
    return version, {question.id for file in files for question in file.questions}


class _Pictures:
    """The set of all valid picture ids, which name only existing parts of parcels."""

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and read_picture(name, parts()) is not None


def _entries(unit: str, record: Record) -> dict[str, Entry]:
    if unit not in assessment.available_tests():
        return record.answers()
    return assessment.answers_since(record, assessment.ends(assessment.questions(unit), record)[1])


def _remarks(record: Record) -> list[dict[str, str]]:
    return [remark.as_json() for remark in record.remarks().values()]


def _submissions_of(unit: str) -> list[dict[str, Any]]:
    folder = workspace.place_of(unit)[0]
    submissions = submitted_zips(folder, unit)
    if not submissions:
        return []
    with workspace.at(folder):
        sheet = workspace.sheet_of(unit)
    record = _record(unit, sheet.version)
    questions, entries = question_states(sheet, record), record.answers()
    feedback, delivered = hub_feedback.path_of(unit, folder), deliveries.read(folder)
    return [
        {
            "file": submission.path.name,
            "path": submission.path.relative_to(course.root()).as_posix(),
            "at": submission.at.isoformat(),
            "words": submission.words,
            "later": submission.later(questions, entries),
            "feedback": feedback,
            "delivered": at.isoformat() if (at := delivered.get(submission.path.name)) else None,
        }
        for submission in submissions
    ]


def _day(arguments: Arguments) -> date | None:
    """Return the requested day, or None if no day was requested."""
    if arguments.get("on") is None:
        return None
    try:
        return date.fromisoformat(_text(arguments, "on"))
    except ValueError as error:
        raise _not_understood() from error


def _text(arguments: Arguments, name: str) -> str:
    """Return a string argument that is safe in a path, without NUL and lone surrogates; raise ``Refused`` otherwise."""
    value = arguments.get(name)
    if name == "text" and isinstance(value, str):
        return value  # a remark is cleaned when it is stored
    if not isinstance(value, str) or "\0" in value or value.encode("utf-8", "replace").decode("utf-8") != value:
        raise _not_understood()
    return value


def _not_understood() -> Refused:
    return Refused(say("learner.server.not_understood"))
