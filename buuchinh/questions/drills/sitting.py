"""The series that a person has begun, kept in a folder of the person's own: which pictures, what was said of them.

Each answer is journalled as answers to questions are, by the id of its picture, so that the journal tells when a
picture was last shown: for ``APART`` days it does not come again. ``loat.json`` holds which pictures a series has.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from buuchinh import course
from buuchinh.errors import KitError
from buuchinh.files import read_json, write_json
from buuchinh.questions.answers import Entry, Record, moment
from buuchinh.questions.drills.choosing import BURST, ROW, Series, choose
from buuchinh.questions.drills.counted import SAID, Count, count
from buuchinh.questions.drills.parts import Parts
from buuchinh.questions.drills.picture import Picture, read

UNIT = "xem-kien"
"""The name of the folder, below a person's own."""
STATE = "loat.json"
APART = 60
"""Days within which no picture is shown to a person twice."""
SECONDS = 10
"""How long a picture is shown while the clock runs."""
MOST_TOLD = 12
"""Pictures of each list at the end: who missed more begins again and looks at each."""
KINDS: Mapping[str, Series] = {"loat": BURST, "do": ROW}


@dataclass
class Sitting:
    """One series of a person: its pictures in order, and what was said of those that were shown."""

    name: str
    kind: str
    pictures: list[Picture]
    said: dict[str, str] = field(default_factory=dict)

    @property
    def next(self) -> Picture | None:
        """The first picture of which nothing was said yet, None where there is none."""
        return next((one for one in self.pictures if one.id not in self.said), None)

    def count(self) -> Count:
        """Count what was said so far."""
        return count((one.sign is not None, self.said[one.id]) for one in self.pictures if one.id in self.said)


class Sittings:
    """The series of one person, by the journal and the state in ``record``'s folder."""

    def __init__(self, record: Record, parts: Parts, today: date) -> None:
        self._record, self._parts, self._today = record, parts, today

    def latest(self, place: str, kind: str) -> Sitting | None:
        """Return the latest series of that kind at a place (a lesson, a pack), ended or not."""
        names = self._names(place, kind)
        return self._sitting(names[-1]) if names else None

    def ended(self, place: str, kind: str) -> int:
        """Return how many series of that kind have ended at a place."""
        series = self._series()
        return sum(bool(series[name].get("ended")) for name in self._names(place, kind))

    def begin(self, place: str, kind: str) -> Sitting:
        """Return the series that has not ended yet, or a new one; ``KitError`` where too few pictures are left."""
        latest = self.latest(place, kind)
        if latest and latest.next:
            return latest
        name = f"{place}-{kind}-{len(self._names(place, kind)) + 1}"
        seed = f"{self._record.code or course.GUEST}/{self._today.isoformat()}/{name}"
        pictures = choose(self._parts, KINDS[kind], seed, self.seen())
        self._keep(name, {"pictures": [one.id for one in pictures]})
        return Sitting(name, kind, pictures)

    def answer(self, sitting: Sitting, picture: Picture, said: str) -> None:
        """Journal what was said of a picture of a series; the first word on it counts."""
        if said not in SAID or picture not in sitting.pictures or picture.id in sitting.said:
            return
        self._record.put(picture.id, {"said": said, "series": sitting.name})
        sitting.said[picture.id] = said
        if sitting.next is None:
            self._keep(sitting.name, {**self._series()[sitting.name], "ended": self._today.isoformat()})

    def seen(self) -> set[str]:
        """Return the ids of the pictures shown within ``APART`` days, and of those that an open series still holds."""
        shown = {
            name
            for name, entry in self._record.answers().items()
            if (at := moment(entry)) is None or (self._today - at.date()).days <= APART
        }
        for series in self._series().values():
            if not series.get("ended"):
                shown |= set(series["pictures"])
        return shown

    @property
    def clock(self) -> bool:
        """Whether pictures are shown for ten seconds; a person may turn the clock off, and it stays off."""
        return self._state().get("clock") is not False

    @clock.setter
    def clock(self, runs: bool) -> None:
        self._write({"clock": runs})

    def _names(self, place: str, kind: str) -> list[str]:
        return [name for name in self._series() if name.rpartition("-")[0] == f"{place}-{kind}"]

    def _sitting(self, name: str) -> Sitting:
        found = (read(one, self._parts) for one in self._series()[name]["pictures"])
        pictures = [one for one in found if one]
        answers = self._record.answers()
        said = {one.id: word for one in pictures if (word := _said(answers.get(one.id), name))}
        return Sitting(name, name.split("-")[-2], pictures, said)

    def _series(self) -> dict[str, dict[str, Any]]:
        return series_in(self._state())

    def _keep(self, name: str, series: Mapping[str, Any]) -> None:
        self._write({"series": {**self._series(), name: series}})

    def _state(self) -> dict[str, Any]:
        return read_state(self._record.folder)

    def _write(self, changed: Mapping[str, Any]) -> None:
        write_state(self._record.folder, changed)


def read_state(folder: Path) -> dict[str, Any]:
    """Return what is kept of a person's series; nothing where there is none, or where it is damaged."""
    try:
        state = read_json(folder / STATE)
    except KitError:  # what was seen stands in the journal
        return {}
    return state if isinstance(state, dict) else {}


def write_state(folder: Path, changed: Mapping[str, Any]) -> None:
    """Keep ``changed`` (``clock``, ``series``) beside what is kept."""
    write_json(folder / STATE, {"format": 1, **read_state(folder), **changed})


def series_in(state: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the series of a state by name; what is none is passed over."""
    series = state.get("series")
    return {
        name: one
        for name, one in (series.items() if isinstance(series, dict) else ())
        if isinstance(one, dict) and isinstance(one.get("pictures"), list)
    }


def _said(entry: Entry | None, name: str) -> str | None:
    """Return what was said of a picture in the series ``name``, None where it was another series or nothing."""
    answer = entry.get("answer") if entry else None
    if not isinstance(answer, dict) or answer.get("series") != name:
        return None
    said = answer.get("said")
    return said if said in SAID else None
