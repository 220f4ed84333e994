"""Trainees who left the class and are not erased, ``so-cham/roi-lop.json``: their submissions remain."""

from __future__ import annotations

from pathlib import Path

from buuchinh import course
from buuchinh.classroom import gradebook
from buuchinh.classroom.turn import turn
from buuchinh.codes import normalise
from buuchinh.errors import KitError
from buuchinh.files import read_record, write_json
from buuchinh.messages import say

FILE = "roi-lop.json"


def left() -> dict[str, str]:
    """Return the day (ISO) on which trainees left, by code; empty where the file is damaged."""
    try:
        return read_record(_path())
    except KitError:
        return {}


@turn()
def leave(code: str) -> str:
    """Record that a trainee left the class, and return the code; ``KitError`` for a code that is not in it."""
    code = normalise(code)
    if code not in gradebook.students():
        raise KitError(say("classroom.leavers.unknown", code=code))
    write_json(_path(), {code: course.today().isoformat()} | read_record(_path()))
    return code


@turn()
def come_back(code: str) -> str:
    """Record that a trainee is in the class again, and return the code; ``KitError`` for a trainee who never left."""
    code = normalise(code)
    if not returned([code]):
        raise KitError(say("classroom.leavers.never_left", code=code))
    return code


def returned(codes: list[str]) -> list[str]:
    """Readmit those of ``codes`` who left, and return them; the caller has the turn."""
    gone = read_record(_path())
    back = sorted(gone.keys() & set(codes))
    if back:
        write_json(_path(), {code: day for code, day in gone.items() if code not in back})
    return back


def _path() -> Path:
    return course.root() / course.OUTCOMES / FILE
