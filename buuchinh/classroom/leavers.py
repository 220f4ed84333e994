"""Record trainees who left the class, ``so-cham/roi-lop.json``; they are not erased and their submissions remain."""

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
    """Return the ISO date on which each trainee left, keyed by code, or an empty dict if the file is damaged."""
    try:
        return read_record(_path())
    except KitError:
        return {}


@turn()
def leave(code: str) -> str:
    """Record that a trainee left the class and return the code; raise ``KitError`` if the class has no such code."""
    code = normalise(code)
    if code not in gradebook.students():
        raise KitError(say("classroom.leavers.unknown", code=code))
    write_json(_path(), {code: course.today().isoformat()} | read_record(_path()))
    return code


@turn()
def come_back(code: str) -> str:
    """Record that a trainee is back in the class and return the code; raise ``KitError`` if the trainee never left."""
    code = normalise(code)
    if not returned([code]):
        raise KitError(say("classroom.leavers.never_left", code=code))
    return code


def returned(codes: list[str]) -> list[str]:
    """Readmit the trainees among ``codes`` who left, and return their codes; the caller must hold the ``turn`` lock."""
    gone = read_record(_path())
    back = sorted(gone.keys() & set(codes))
    if back:
        write_json(_path(), {code: day for code, day in gone.items() if code not in back})
    return back


def _path() -> Path:
    return course.root() / course.OUTCOMES / FILE
