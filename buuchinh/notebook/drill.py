"""``drill()``: shows pictures of parcels one after the other, tells of each what it was, and counts what was seen."""

from __future__ import annotations

from typing import Any

import traitlets

from buuchinh import course
from buuchinh.errors import KitError
from buuchinh.files import reason
from buuchinh.messages import say, section
from buuchinh.notebook.desk import record_of
from buuchinh.notebook.parts import Part, shown
from buuchinh.questions.drills import drawn, sitting
from buuchinh.questions.drills.counted import LATE, SIGN, right
from buuchinh.questions.drills.parts import parts
from buuchinh.questions.drills.picture import Picture
from buuchinh.questions.drills.sitting import KINDS, MOST_TOLD, SECONDS, Sitting, Sittings


def drill(place: str = "bai-5") -> None:
    """Show the series of a lesson or of a pack; each place has series of its own."""
    shown(Drill(place), "drill")


class Drill(Part):
    """One picture at a time. The kernel chooses, draws, journals and judges; the page shows and keeps the clock.

    The page is told nothing of a picture but the drawing and its words, until it is answered.
    """

    _esm = Part.script("drill.js")
    _css = Part.style("parts.css", "drill.css")
    state = traitlets.Dict().tag(sync=True)
    resumes = False  # which picture is looked at, it alone knows

    def __init__(self, place: str) -> None:
        super().__init__(payload={"words": section("notebook")["drill"], "seconds": SECONDS})
        self._place = place
        self._sitting: Sitting | None = None
        self._show(self._first_page())
        self.on_msg(self._on_message)

    def _on_message(self, _widget: object, content: dict[str, Any], _buffers: object) -> None:
        try:
            self._do(content)
        except KitError as error:
            self.send({"did": "refuse", "message": str(error)})
        except OSError as error:
            self.send({"did": "refuse", "message": say("files.unwritable", reason=reason(error))})
        else:
            self.send({"did": str(content.get("do"))})

    def _do(self, content: dict[str, Any]) -> None:
        match content.get("do"):
            case "begin" if content.get("kind") in KINDS:
                sittings = self._sittings()
                sittings.clock = content.get("clock") is not False
                self._sitting = sittings.begin(self._place, content["kind"])
                self._show(self._picture_page(self._sitting))
            case "answer" if self._sitting:
                self._answer(self._sitting, content.get("number"), str(content.get("said")))
            case "next" if self._sitting:
                self._show(self._picture_page(self._sitting))
            case "clock":
                self._sittings().clock = content.get("on") is True
                self.state = {**self.state, "clock": content.get("on") is True}

    def _answer(self, running: Sitting, number: object, said: str) -> None:
        picture = running.next
        if picture is None or number != len(running.said) + 1:
            return  # pressed twice
        self._sittings().answer(running, picture, said)
        at_once = KINDS[running.kind].told_at_once
        self._show(self._told_page(running, picture) if at_once else self._picture_page(running))

    def _show(self, page: dict[str, Any]) -> None:
        self.state = {**page, "clock": self._sittings().clock}

    def _first_page(self) -> dict[str, Any]:
        sittings = self._sittings()
        latest = [one for kind in KINDS if (one := sittings.latest(self._place, kind))]
        open_one = next((one for one in latest if one.next), None)
        if open_one:
            left = len(open_one.pictures) - len(open_one.said)
            return {"page": "start", "kind": open_one.kind, "left": left, "total": len(open_one.pictures)}
        if latest:
            return self._end_page(latest[-1])
        return {"page": "start", "kind": "loat", "left": 0, "total": KINDS["loat"].pictures}

    def _picture_page(self, running: Sitting) -> dict[str, Any]:
        picture = running.next
        if picture is None:
            return self._end_page(running)
        return {
            "page": "picture",
            "number": len(running.said) + 1,
            "total": len(running.pictures),
            "svg": drawn.svg(picture, parts()),
            "alt": drawn.words(picture, parts()),
        }

    def _told_page(self, running: Sitting, picture: Picture) -> dict[str, Any]:
        return {
            "page": "told",
            "number": len(running.said),
            "total": len(running.pictures),
            "last": running.next is None,
            "told": told(picture, running.said[picture.id]),
        }

    def _end_page(self, done: Sitting) -> dict[str, Any]:
        counted = done.count()
        answered = [(one, done.said[one.id]) for one in done.pictures if one.id in done.said]
        missed = [told(one, said) for one, said in answered if one.sign and said != SIGN]
        alarms = [told(one, said) for one, said in answered if not one.sign and said == SIGN]
        lines = [
            say("notebook.drill.seen", seen=counted.seen, signs=counted.signs),
            say("notebook.drill.alarms", alarms=counted.alarms, plain=counted.plain),
        ]
        if counted.late:
            lines.append(say("notebook.drill.late", late=counted.late))
        return {
            "page": "end",
            "kind": done.kind,
            "total": len(answered),
            "lines": lines,
            "missed": missed[:MOST_TOLD],
            "alarms": alarms[:MOST_TOLD],
            "burst": KINDS["loat"].pictures,
            "row": KINDS["do"].pictures,
        }

    def _sittings(self) -> Sittings:
        return Sittings(record_of(sitting.UNIT, "1.0.0"), parts(), course.today())


def told(picture: Picture, said: str) -> dict[str, Any]:
    """Return what is told of a picture: the verdict, what is where, what to do, the picture with the place outlined."""
    there = parts()
    sign = picture.meaning(there)
    marked = picture.sign or picture.odd
    lines: list[str] = []
    if sign:
        lines = [f"{sign.name}. {say(f'notebook.drill.tone.{sign.tone}')}"]
    elif picture.odd:
        harmless = there.harmless[there.layers[picture.odd.layer].meaning]
        lines = [f"{harmless.name}. {harmless.why}"]
    return {
        "right": right(sign is not None, said),
        "verdict": say(f"notebook.drill.{_verdict(sign is not None, said)}"),
        "place": say("notebook.drill.place", where=say(f"questions.drills.places.{marked.place}")) if marked else "",
        "what": lines[0] if lines else say("notebook.drill.nothing_there"),
        "do": sign.do if sign else say("notebook.drill.goes_on"),
        "svg": drawn.svg(picture, there, ringed=[marked.place] if marked else []),
        "alt": drawn.words(picture, there),
    }


def _verdict(has_sign: bool, said: str) -> str:
    if said == LATE:
        return "late_sign" if has_sign else "late_nothing"
    if right(has_sign, said):
        return "right_sign" if has_sign else "right_nothing"
    return "missed" if has_sign else "alarm"
