"""Keep what the instructor notes after asking two people about their equal work; nothing given to trainees reads it.

Each entry of the list has the codes of both people as values, so ``forget`` takes the whole entry out for either one.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from buuchinh import course
from buuchinh.attempts import reader
from buuchinh.errors import KitError
from buuchinh.files import read_record, sound_record, write_json
from buuchinh.messages import say
from buuchinh.text import nfc, visible

LONGEST = 600


def of_pair(unit: str, first: str, second: str) -> str:
    """Return the instructor's note on two people's work, or ""; a change of either work does not remove it."""
    return next((str(one["text"]) for one in _entries(sound_record(_path())) if _is_of(one, unit, first, second)), "")


def keep(unit: str, first: str, second: str, text: str) -> None:
    """Write the note in place of an earlier one, or remove it if ``text`` is empty.

    Raise ``KitError`` if the text is too long or if one of the two has no work: a person who was erased gets no note.
    """
    text = nfc(visible(text, lines=True)).strip()
    if len(text) > LONGEST:
        raise KitError(say("desk.equal.note_long", most=LONGEST))
    if not all(reader.submitted(unit, code) for code in (first, second)):
        raise KitError(say("desk.equal.gone"))
    others = [one for one in _entries(read_record(_path())) if not _is_of(one, unit, first, second)]
    new = {"unit": unit, "first": first, "second": second, "text": text, "on": course.today().isoformat()}
    write_json(_path(), {"notes": [*others, new] if text else others})


def _entries(record: dict[str, Any]) -> list[dict[str, Any]]:
    notes = record.get("notes")
    return [one for one in notes if isinstance(one, dict) and "text" in one] if isinstance(notes, list) else []


def _is_of(entry: dict[str, Any], unit: str, first: str, second: str) -> bool:
    return entry.get("unit") == unit and {entry.get("first"), entry.get("second")} == {first, second}


def _path() -> Path:
    return course.root() / course.OUTCOMES / course.PAIR_NOTES
