"""``start_page()``: where to go on, what is due, the path of a role as cards, all else; asks code and role once."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import nbformat
import traitlets

from buuchinh import course, law
from buuchinh.course.core import first_drawing
from buuchinh.errors import KitError
from buuchinh.files import reason
from buuchinh.messages import say, section
from buuchinh.notebook import follow_up, role_path
from buuchinh.notebook.desk import lay_out, leave_desk, place_of, record_of
from buuchinh.notebook.handed import handed
from buuchinh.notebook.parts import Part, shown
from buuchinh.notebook.person import arrive
from buuchinh.notebook.progress import whole
from buuchinh.notebook.resume import resume
from buuchinh.questions import bank
from buuchinh.questions.answers import is_given
from buuchinh.questions.authored import asked_as
from buuchinh.questions.minutes import minutes
from buuchinh.questions.practice import assessment
from buuchinh.questions.test_forms import FormSheet
from buuchinh.text import format_date, format_moment, raised


def start_page() -> None:
    """Show the start page."""
    shown(StartPage(), "start")


def lesson_rows() -> list[dict[str, Any]]:
    """Return the lessons in the order in which they are learnt: unit, title, questions answered and in all."""
    rows = []
    first = course.settings().lesson_order
    for path in sorted(course.lessons(), key=lambda path: _place(first, course.lesson_number(path))):
        unit = f"l{course.lesson_number(path)}"
        questions = [bank.load(file) for file in bank.practice_files() if file.stem == unit]
        total = len({asked_as(question) for file in questions for question in file.questions})
        version = questions[0].version if questions else "0.0.0"
        done = _answered(unit, version)
        rows.append(
            {"unit": unit, "title": title_of(path), "done": done, "total": total, "picture": first_drawing(path)}
        )
    return rows


def exercise_rows() -> list[dict[str, Any]]:
    """Return the exercises: unit, title, questions answered whole and in all, when last handed in."""
    rows = []
    for unit in course.released_units():
        public = _sheet(unit)
        record = record_of(unit, public.version)
        given = handed(record.folder, unit)
        rows.append(
            {
                "unit": unit,
                "title": public.title,
                "done": whole(public, record),
                "total": len(public.ids),
                "handed_in": given[-1].words if given else "",
            }
        )
    return rows


def test_rows() -> list[dict[str, Any]]:
    """Return the short tests: unit, title, what it is for, questions answered and in all, whether it is finished."""
    rows = []
    for unit in assessment.written():
        file = assessment.questions(unit)
        record = record_of(unit, file.version)
        finished = assessment.read_finished(record.folder) is not None
        done, total = _answered(unit, file.version), len(file.questions)
        why = say(f"notebook.self_test.why.{unit}")
        rows.append({"unit": unit, "title": file.title, "why": why, "done": done, "total": total, "finished": finished})
    return rows


def _sheet(unit: str) -> FormSheet:
    """Return the public questions of the version that this trainee has begun, else of the newest."""
    begun = place_of(unit)[0] / course.SHEET
    if begun.is_file():
        with suppress(KitError):
            return bank.load_public(begun)
    return bank.load_public(course.sheet_path(unit))


def due_rows(exercises: Sequence[dict[str, Any]], units: Collection[str]) -> list[dict[str, Any]]:
    """Return what is to be handed in and has a deadline, the next first: unit, title, until when, whether it is late.

    Of ``exercises`` those of ``units`` (the role's path) count, all where there are none.
    """
    now = datetime.now().astimezone()
    waiting = [
        (until, row)
        for row in exercises
        if not row["handed_in"] and (not units or row["unit"] in units) and (until := _until(row["unit"]))
    ]
    return [
        {"unit": row["unit"], "title": row["title"], "until": format_moment(until), "late": until < now}
        for until, row in sorted(waiting, key=lambda one: one[0])
    ]


def _until(unit: str) -> datetime | None:
    return course.settings().deadline(unit)


def title_of(notebook: Path) -> str:
    """Return the first heading of a notebook, its file name where there is none."""
    for cell in nbformat.read(notebook, as_version=4).cells:
        for line in cell.source.splitlines() if cell.cell_type == "markdown" else ():
            if line.startswith("# "):
                return str(line[2:].strip())
    return notebook.stem


def _place(first: Sequence[str], number: str) -> int:
    """Return where a lesson stands; those that ``first`` does not name stay behind them as they are."""
    return first.index(number) if number in first else len(first)


def _answered(unit: str, version: str) -> int:
    return sum(map(is_given, record_of(unit, version).answers().values()))


class StartPage(Part):
    """Asks for code and role, shows the path and what else there is, lays out a copy of what is opened."""

    _esm = Part.script("start.js")
    state = traitlets.Dict().tag(sync=True)

    def __init__(self) -> None:
        settings = course.settings()
        words = dict(section("notebook")["start"])
        reviewed = words["reviewed"].format(on=format_date(settings.reviewed_on), version=settings.version)
        if course.LAW_DAY in os.environ:
            reviewed += " · " + say("notebook.as_of.practice", day=format_date(course.law_day()))
        roles = {name: course.role_title(name) for name in course.ROLES}
        calls = [{"number": one.number, "answers": one.answers} for one in law.numbers_on(course.today())]
        words["danger"] = words["danger"].format(signs=raised(law.sign_line(of_items=True)))
        told = {"words": words, "title": settings.title, "reviewed": reviewed, "roles": roles, "numbers": calls}
        told["person"] = law.person()
        card = course.sheet_to_print("the-khan-cap")
        told["card"] = card.relative_to(course.root()).as_posix() if card.is_file() else ""
        super().__init__(payload=told)
        self.state = self._now()
        self.on_msg(self._on_message)

    def _now(self) -> dict[str, Any]:
        counted = minutes()
        lessons, exercises, tests = lesson_rows(), exercise_rows(), test_rows()
        for row in (*lessons, *exercises, *tests):
            row["minutes"] = counted.get(row["unit"], 0)
        steps = role_path.steps([*lessons, *exercises, *tests])
        return {
            "code": course.current_code() or "",
            "role": role_path.role() or "",
            "steps": steps,
            "exam_later": role_path.exam_to_come(),
            "resume": resume([*lessons, *exercises], steps),
            "due": due_rows(exercises, {step["unit"] for step in steps}),
            "review": follow_up.waiting(),
            "lessons": lessons,
            "exercises": exercises,
        }

    def _on_message(self, _widget: object, content: dict[str, Any], _buffers: object) -> None:
        try:
            if content.get("do") == "code":
                arrive(str(content.get("code", "")))
                self.state = self._now()
                self.send({"did": "code"})
            elif content.get("do") == "leave":
                leave_desk()
                self.state = self._now()
                self.send({"did": "leave"})
            elif content.get("do") == "role":
                role_path.choose(str(content.get("role", "")))
                self.state = self._now()
                self.send({"did": "role"})
            elif content.get("do") == "see":
                role_path.see(str(content.get("unit", "")))
                self.state = self._now()
                self.send({"did": "see"})
            elif content.get("do") == "open":
                notebook = lay_out(str(content.get("unit", "")))
                path = notebook.relative_to(course.root()).as_posix()
                self.send({"did": "open", "path": path, "question": str(content.get("question", ""))})
        except KitError as error:
            self.send({"did": "refuse", "message": str(error)})
        except OSError as error:
            self.send({"did": "refuse", "message": say("files.unreadable", reason=reason(error))})
