"""Make an exercise's solutions: one file, without names and codes, by which a device marks the answers that it has.

The file holds the answer keys of all released versions, as they were corrected since, with their explanations and legal
basis. It is made only after the last deadline, extra time included, and only for exercises: an exam's items are reused.
Questions that no device can mark (by hand, or by running code) are not in it. ``learner/src/logic/solutions.js`` reads
it.
"""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from buuchinh import course
from buuchinh.attempts import trainee_deadline
from buuchinh.classroom import gradebook
from buuchinh.classroom.turn import turn
from buuchinh.errors import KitError
from buuchinh.files import read_record, write_text
from buuchinh.messages import say
from buuchinh.questions import types
from buuchinh.questions.authored import AuthoredQuestion
from buuchinh.questions.browser import payload
from buuchinh.release import propagate_correction, versions
from buuchinh.text import format_moment

KIND = "buuchinh-loi-giai"
FORMAT = 1


@turn()
def make(unit: str) -> Path:
    """Write the solutions of the exercise ``unit``, and return the path of the file.

    Raise ``KitError`` if the unit is no exercise or was never released, has no deadline, or if anybody still has time.
    """
    if not course.is_exercise(unit):
        raise KitError(say("results.solutions.not_of_exam"), say("results.solutions.exercises_only"), path=unit)
    versions.latest(unit)
    _refuse_before_deadline(unit, datetime.now().astimezone())
    if propagate_correction.is_corrected(unit):
        words, way_out = say("results.solutions.corrected"), say("results.solutions.corrected_way_out", unit=unit)
        raise KitError(words, way_out, path=unit)
    return _write(unit, _contents(unit))


@turn()
def renew(unit: str) -> Path | None:
    """Make a unit's solutions anew if there are any and a key was corrected since; return the path if they were."""
    if not place(unit).is_file():
        return None
    now = _contents(unit)
    with suppress(KitError):  # a damaged file is made anew
        if now == {**read_record(place(unit)), "made_on": now["made_on"]}:
            return None
    return _write(unit, now)


def _write(unit: str, contents: dict[str, Any]) -> Path:
    path = place(unit)
    write_text(path, json.dumps(contents, ensure_ascii=False, separators=(",", ":"), allow_nan=False) + "\n")
    return path


def place(unit: str) -> Path:
    """Return the path of a unit's solutions, which stand beside the feedback and never in what is given out."""
    return gradebook.folder(course.FEEDBACK) / f"loi-giai-{unit}.json"


def made_at(unit: str) -> datetime | None:
    """Return when a unit's solutions were made last, or None if there are none."""
    with suppress(OSError):
        return datetime.fromtimestamp(place(unit).stat().st_mtime).astimezone()
    return None


def still_open(unit: str, at: datetime) -> dict[str, datetime]:
    """Return the deadlines that are later than ``at``: by code those of extra time, and under "" that of the class."""
    common = course.settings().deadline(unit)
    if common is None:
        return {}
    ends = {"": common, **trainee_deadline.of_unit(unit)}
    return {code: until for code, until in ends.items() if until > at}


def _refuse_before_deadline(unit: str, at: datetime) -> None:
    if course.settings().deadline(unit) is None:
        raise KitError(
            say("results.solutions.no_deadline"), say("results.solutions.set_deadline", unit=unit), path=unit
        )
    if ends := still_open(unit, at):
        people = [
            say("results.solutions.person" if code else "results.solutions.class", code=code, at=format_moment(until))
            for code, until in ends.items()
        ]
        words = say("results.solutions.still_time", people="; ".join(people))
        raise KitError(words, say("results.solutions.after", at=format_moment(max(ends.values()))), path=unit)


def _contents(unit: str) -> dict[str, Any]:
    """Return the file's data. Keys that several questions share stand in it once, and are named by their place."""
    places: dict[str, int] = {}
    cited: dict[str, Any] = {}
    of_versions: dict[str, Any] = {}
    title = ""
    for version in versions.versions(unit):
        forms = versions.released_forms(unit, version)
        first = next(iter(forms.values()))
        day = first.questions.as_of or course.settings().reviewed_on
        title = first.questions.title
        of_versions[version] = {"on": day.isoformat(), "forms": {}}
        for form, released in forms.items():
            found = of_versions[version]["forms"][form] = {}
            for name, question in released.obscured.items():
                if not _markable(question):
                    continue
                shown = payload.practice(question, day)
                cited |= shown["citations"]
                keys = json.dumps(_keys(shown["question"]), ensure_ascii=False, allow_nan=False)
                found[name] = places.setdefault(keys, len(places))
    return {
        "kind": KIND,
        "format": FORMAT,
        "unit": unit,
        "title": title,
        "made_on": course.today().isoformat(),
        "keys": [json.loads(keys) for keys in places],
        "cited": cited,
        "versions": of_versions,
    }


def _markable(question: AuthoredQuestion) -> bool:
    """Return whether a device can mark a question: it has points, and needs neither a person nor a run of code."""
    kind = types.type_of(question)
    return kind.scored and not kind.from_code and not kind.by_hand(question)


def _keys(question: dict[str, Any]) -> dict[str, Any]:
    """Return the keys of a question or, for one that has inner questions, those of each by its id."""
    if types.type_of(question).inner is None:
        return {"keys": question["keys"]}
    return {"parts": {part["id"]: part.get("keys", []) for part, _ in types.parts(question)}}
