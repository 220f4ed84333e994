"""``hand_in()``: shows the button that packs a trainee's submission and the receipt.

A kernel cannot save the page; the page saves itself first and then asks. Code that ran
after the last save would be missing from the saved notebook, so it stops the hand-in.
"""

from __future__ import annotations

from typing import Any

from buuchinh import course
from buuchinh.errors import KitError
from buuchinh.files import reason
from buuchinh.messages import say, section
from buuchinh.notebook import pack as packing
from buuchinh.notebook.desk import here, record_of, saved_cells, sheet_of
from buuchinh.notebook.parts import Part, shown


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
    if missing:
        raise KitError(say("notebook.hand_in.unsaved", ids=", ".join(missing)))
    packed = packing.build(record.folder, unit, code)
    receipt = packed.receipt
    return {
        "code": receipt.code,
        "at": receipt.at.strftime("%H:%M:%S %d-%m-%Y"),
        "answered": list(receipt.answered),
        "unanswered": list(receipt.unanswered),
        "check": receipt.check,
        "file": packed.path.name,
        "path": packed.path.relative_to(course.root()).as_posix(),
        "warning": say("notebook.hand_in.damaged") if missing is None else "",
    }


class HandIn(Part):
    """Widget with the button and the receipt."""

    _esm = Part.script("hand_in.js")

    def __init__(self, unit: str) -> None:
        super().__init__(payload={"words": section("notebook")["hand_in"], "start": section("notebook")["start"]})
        self._unit = unit
        self.on_msg(self._on_message)

    def _on_message(self, _widget: object, content: dict[str, Any], _buffers: object) -> None:
        try:
            if content.get("do") == "code":
                course.set_current_code(str(content.get("code", "")))
                self.send({"did": "code"})
            elif content.get("do") == "hand_in":
                self.send({"did": "hand_in", "receipt": pack(self._unit)})
        except KitError as error:
            needs_code = course.current_code() is None
            self.send({"did": "refuse", "message": str(error), "needs_code": needs_code})
        except OSError as error:
            message = say("files.unreadable", reason=reason(error))
            self.send({"did": "refuse", "message": message, "needs_code": False})
