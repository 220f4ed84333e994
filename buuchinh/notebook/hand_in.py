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
from buuchinh.notebook.desk import here, record_of, sheet_of
from buuchinh.notebook.handed import handed
from buuchinh.notebook.pack import hand_over
from buuchinh.notebook.parts import Part, shown
from buuchinh.notebook.progress import asked


def hand_in(unit: str | None = None) -> None:
    """Show the button; ``unit`` is the exercise of the folder that the notebook is in, if not given."""
    unit = unit or here().name
    sheet_of(unit)
    shown(HandIn(unit), "hand_in")


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
        later = given[-1].later(questions, self._record.answers()) if given else []
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
                receipt = hand_over(self._unit)
                self.count()
                self.send({"did": "hand_in", "receipt": receipt})
        except KitError as error:
            needs_code = course.current_code() is None
            self.send({"did": "refuse", "message": str(error), "needs_code": needs_code})
        except OSError as error:
            message = say("files.unreadable", reason=reason(error))
            self.send({"did": "refuse", "message": message, "needs_code": False})
