"""``hand_in()``: shows which questions are answered, the button that packs a trainee's submission, and the receipt.

A kernel cannot save the page; the page saves itself first and then asks. Code that ran
after the last save would be missing from the saved notebook, so it stops the hand-in.
"""

from __future__ import annotations

from typing import Any

import traitlets

from buuchinh import course
from buuchinh.errors import KitError
from buuchinh.files import reason
from buuchinh.messages import say, section
from buuchinh.notebook import heard
from buuchinh.notebook import pack as packing
from buuchinh.notebook.desk import here, record_of, saved_cells, sheet_of
from buuchinh.notebook.handed import handed
from buuchinh.notebook.numbers import numbers
from buuchinh.notebook.parts import Part, shown
from buuchinh.notebook.progress import asked


def hand_in(unit: str | None = None) -> None:
    """Show the button; ``unit`` is the exercise of the folder that the notebook is in, if not given."""
    unit = unit or here().name
    sheet_of(unit)
    shown(HandIn(unit), "hand_in")


def unsaved(unit: str) -> list[str] | None:
    """Return the questions whose value comes from a cell that is not in the notebook as it lies on disk.

    None where the notebook is damaged, so that nobody can tell.
    """
    sheet = sheet_of(unit)
    record = record_of(unit, sheet.version)
    cells = saved_cells(record.folder / f"{unit}.ipynb")
    if cells is None:
        return None
    return [
        question_id
        for question_id, entry in record.answers().items()
        if entry.get("origin") == "code" and entry.get("cell") and entry["cell"] not in cells
    ]


def pack(unit: str) -> dict[str, Any]:
    """Pack the submission of the trainee at this computer and return the receipt as the page shows it.

    Raises ``KitError`` where there is no code yet, where code ran after the last save, or
    where there is no notebook. A damaged one is handed in as it is, with a word on it: the answers are kept elsewhere.
    """
    sheet = sheet_of(unit)
    record = record_of(unit, sheet.version)
    code = record.code or course.current_code()
    if not code:
        raise KitError(say("notebook.hand_in.no_code"))
    missing = unsaved(unit)
    known = numbers(unit)
    if missing:
        shown_as = ", ".join(str(known.get(name, name)) for name in missing)
        raise KitError(say("notebook.hand_in.unsaved", numbers=shown_as))
    packed = packing.build(record.folder, unit, code)
    receipt, questions = packed.receipt, asked(sheet, record)
    return {
        "exercise": sheet.title,
        "code": receipt.code,
        "at": receipt.at.strftime("%H:%M:%S %d-%m-%Y"),
        "answered": sum(one["state"] == "whole" for one in questions),
        "total": len(questions),
        "unanswered": sorted(known.get(name, 0) for name in receipt.unanswered),
        "partly": [one["number"] for one in questions if one["state"] == "partly"],
        "check": receipt.check,
        "file": packed.path.name,
        "path": packed.path.relative_to(course.root()).as_posix(),
        "folder": packed.path.parent.relative_to(course.root()).as_posix(),
        "warning": say("notebook.hand_in.damaged") if missing is None else "",
    }


class HandIn(Part):
    """Widget with the map of questions, the button, what was handed in before, and the receipt."""

    _esm = Part.script("hand_in.js")
    state = traitlets.Dict().tag(sync=True)

    def __init__(self, unit: str) -> None:
        leader = course.settings().leader
        words = section("notebook")["hand_in"]
        told = {"words": words, "leader": leader.words, "named": leader.named, "start": section("notebook")["start"]}
        super().__init__(payload=told)
        self._unit = unit
        self._sheet = sheet_of(unit)
        self._record = record_of(unit, self._sheet.version)
        self.count()
        heard.listen(self._record, self.count)
        self.on_msg(self._on_message)

    def count(self, *_told: Any) -> None:
        """Bring the page up to date: what is answered, what was handed in and when, what has changed since."""
        questions, given = asked(self._sheet, self._record), handed(self._record.folder, self._unit)
        entries = self._record.answers()
        later = [
            one["number"] for one in questions if given and given[-1].differs(one["id"], entries.get(one["id"], {}))
        ]
        self.state = {
            "questions": questions,
            "handed": [
                {"at": one.words, "file": one.path.name, "path": one.path.relative_to(course.root()).as_posix()}
                for one in given
            ],
            "later": later,
        }

    def _on_message(self, _widget: object, content: dict[str, Any], _buffers: object) -> None:
        try:
            if content.get("do") == "code":
                course.set_current_code(str(content.get("code", "")))
                self.send({"did": "code"})
            elif content.get("do") == "hand_in":
                receipt = pack(self._unit)
                self.count()
                self.send({"did": "hand_in", "receipt": receipt})
        except KitError as error:
            needs_code = course.current_code() is None
            self.send({"did": "refuse", "message": str(error), "needs_code": needs_code})
        except OSError as error:
            message = say("files.unreadable", reason=reason(error))
            self.send({"did": "refuse", "message": message, "needs_code": False})
