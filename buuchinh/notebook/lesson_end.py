"""``lesson_end()``: what stands around a lesson on a live page: contents and progress, the result, what is next."""

from __future__ import annotations

from typing import Any

import traitlets

from buuchinh import course
from buuchinh.course.core import asked_in_core
from buuchinh.errors import KitError
from buuchinh.files import reason
from buuchinh.messages import say, section
from buuchinh.notebook import heard, role_path
from buuchinh.notebook.desk import here, lay_out, record_of
from buuchinh.notebook.parts import Part, shown
from buuchinh.notebook.start import title_of
from buuchinh.questions import bank, types
from buuchinh.questions.answers import is_given
from buuchinh.questions.authored import asked_as
from buuchinh.questions.scoring import score


def lesson_end() -> None:
    """Show it for the lesson in whose folder the notebook lies; nothing anywhere else."""
    unit = here().name
    if any(f"l{course.lesson_number(path)}" == unit for path in course.lessons()):
        shown(LessonEnd(unit), "lesson_end")


class LessonEnd(Part):
    """Counts what is answered of the part that stands open, and what was right at once; opens what comes next."""

    _esm = Part.script("lesson_end.js")
    state = traitlets.Dict().tag(sync=True)

    def __init__(self, unit: str) -> None:
        super().__init__(payload={"words": section("notebook")["lesson_end"]})
        self._unit = unit
        self._files = [bank.load(path) for path in bank.practice_files() if path.stem == unit]
        (lesson,) = (path for path in course.lessons() if f"l{course.lesson_number(path)}" == unit)
        self._asked = frozenset(asked_in_core(lesson))
        self._records = [record_of(unit, file.version) for file in self._files]
        self._next = _following(unit)
        self.count()
        for record in self._records:
            heard.listen(record, self.count)
        self.on_msg(self._on_message)

    def count(self, *_told: Any) -> None:
        """Bring the page up to date."""
        done, right, scored = set(), set(), set()
        for file, record in zip(self._files, self._records, strict=True):
            entries = record.answers()
            for question in file.questions:
                name, entry = asked_as(question), entries.get(question.id, {})
                if name not in self._asked or not is_given(entry):
                    continue
                done.add(name)
                found = score(question, entry.get("first"), course.today())
                if types.type_of(question).scored and found.reason not in {"manual", "unscored", "no_key"}:
                    scored.add(name)
                    right |= {name} if found.fraction >= 1 else set()
        self.state = {
            "done": len(done),
            "total": len(self._asked),
            "right": len(right),
            "scored": len(scored),
            "next": self._next,
        }

    def _on_message(self, _widget: object, content: dict[str, Any], _buffers: object) -> None:
        if content.get("do") != "open" or not self._next:
            return
        try:
            path = lay_out(self._next["unit"]).relative_to(course.root()).as_posix()
            self.send({"did": "open", "path": path})
        except KitError as error:
            self.send({"did": "refuse", "message": str(error)})
        except OSError as error:
            self.send({"did": "refuse", "message": say("files.unreadable", reason=reason(error))})


def _following(unit: str) -> dict[str, str] | None:
    """Return what comes behind a lesson: on the role's path, else its exercise, else the next lesson in order."""
    titles = {f"l{course.lesson_number(path)}": title_of(path) for path in course.lessons()}
    released = course.released_units()
    titles |= {name: bank.load_public(course.sheet_path(name)).title for name in released}
    path = [name for name in course.settings().path(role_path.role() or "") if name in titles]
    if unit not in path:
        first = [f"l{number}" for number in course.settings().lesson_order]
        lessons = sorted((name for name in titles if name not in released), key=lambda name: _place(first, name))
        path = [name for lesson in lessons for name in (lesson, f"bt{lesson[1:]}") if name in titles]
    behind = path[path.index(unit) + 1 :] if unit in path else []
    return {"unit": behind[0], "title": titles[behind[0]]} if behind else None


def _place(first: list[str], name: str) -> tuple[int, str]:
    return (first.index(name) if name in first else len(first), name)
