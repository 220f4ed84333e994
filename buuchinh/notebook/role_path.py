"""The path of a role: asked once, kept in the trainee's own folder; its steps with what is done, and the next."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from buuchinh import course
from buuchinh.course.core import asked_in_core
from buuchinh.errors import KitError
from buuchinh.files import read_json, write_json
from buuchinh.notebook.desk import place_of, record_of
from buuchinh.questions import bank
from buuchinh.questions.answers import is_given
from buuchinh.questions.authored import asked_as
from buuchinh.text import nfc

ROOM = "duong-hoc"
_STATE = "vai.json"
_TITLE = re.compile(r"<title>([^<·]+)")


def role() -> str | None:
    """Return the role of the trainee at this desk, None before one was chosen."""
    found = _state().get("role")
    return found if found in course.ROLES else None


def choose(name: str) -> None:
    """Keep the role ``name``; what is no role is passed over."""
    if name in course.ROLES:
        write_json(_place(), {**_state(), "role": name})


def keep(name: str, opened: Iterable[str]) -> None:
    """Keep the role ``name`` and the sheets of any path that were opened besides those that are kept already."""
    sheets = {step for role_ in course.ROLES for step in course.settings().path(role_)} & set(opened)
    choose(name)
    if added := sheets - set(seen()):
        write_json(_place(), {**_state(), "seen": sorted({*seen(), *added})})


def forget() -> None:
    """Forget the role and what was opened: it is asked again."""
    _place().unlink(missing_ok=True)


def see(sheet: str) -> None:
    """Keep that a sheet of the path was opened."""
    if sheet in course.settings().path(role() or ""):
        write_json(_place(), {**_state(), "seen": sorted({*seen(), sheet})})


def steps(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the steps of the role's path in order, each ``done``, ``next`` or ``later``; none without a role.

    ``rows`` are those of the start page. A lesson is done when all that its open part asks is answered, an exercise
    when it was handed in, a short test when it was ended. What a bundle does not carry is no step.
    """
    known = {row["unit"]: row for row in rows}
    found = []
    for name in course.settings().path(role() or ""):
        if name in known:
            found.append(_unit(known[name]))
        elif (sheet := course.sheet_to_print(name)).is_file():
            found.append({**sheet_row(name, sheet), "state": "done" if name in seen() else "later"})
    following = next((step for step in found if step["state"] != "done"), None)
    if following:
        following["state"] = "next"
    return found


def exam_to_come() -> bool:
    """Return whether the role's path has an exam that this bundle does not carry: it is given out on its day."""
    released = course.released_units()
    exams = (
        name for name in course.settings().path(role() or "") if course.graded(name) and not course.is_exercise(name)
    )
    return bool(course.lessons()) and any(name not in released for name in exams)


def _unit(row: dict[str, Any]) -> dict[str, Any]:
    if course.graded(row["unit"]):
        return {**row, "state": "done" if row["handed_in"] else "later"}
    if "finished" in row:
        return {**row, "state": "done" if row["finished"] else "later"}
    done, total = _core(row["unit"])
    return {**row, "done": done, "total": total, "state": "done" if done >= total else "later"}


def sheet_row(name: str, path: Path) -> dict[str, Any]:
    """Return a sheet to print: its unit, its title, where it lies within the course."""
    title = _TITLE.search(path.read_text(encoding="utf-8"))
    return {
        "unit": name,
        "title": nfc(title[1].strip()) if title else name,
        "sheet": path.relative_to(course.root()).as_posix(),
    }


def _core(unit: str) -> tuple[int, int]:
    """Return how many questions of a lesson's open part are answered, and how many there are."""
    (lesson,) = (path for path in course.lessons() if f"l{course.lesson_number(path)}" == unit)
    asked = set(asked_in_core(lesson))
    done = set()
    for path in bank.practice_files():
        if path.stem == unit:
            file = bank.load(path)
            answers = record_of(unit, file.version).answers()
            done = {asked_as(one) for one in file.questions if is_given(answers.get(one.id, {}))}
    return len(asked & done), len(asked)


def seen() -> list[str]:
    """Return the sheets of the path that were opened."""
    found = _state().get("seen")
    return [str(name) for name in found] if isinstance(found, list) else []


def _state() -> dict[str, Any]:
    try:
        found = read_json(_place())
    except (KitError, OSError):
        return {}
    return found if isinstance(found, dict) else {}


def _place() -> Path:
    return place_of(ROOM)[0] / _STATE
