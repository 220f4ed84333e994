"""Record trainees who left the class in ``so-cham/roi-lop.json``; their data and submissions are not erased."""

from __future__ import annotations

from buuchinh import course
from buuchinh.classroom import gradebook
from buuchinh.classroom.turn import turn
from buuchinh.codes import normalise
from buuchinh.errors import KitError
from buuchinh.files import read_record, sound_record, write_json
from buuchinh.messages import say

FILE = "roi-lop.json"


def left() -> dict[str, str]:
    """Map the codes of trainees who left to ISO dates; the mapping is empty if the file is damaged."""
    return sound_record(course.outcome_path(FILE))


@turn()
def leave(code: str) -> str:
    """Record that a trainee left the class, and return the normalised code.

    Raise ``KitError`` if the class has no such trainee.
    """
    code = normalise(code)
    if code not in gradebook.students():
        raise KitError(say("classroom.leavers.unknown", code=code))
    path = course.outcome_path(FILE)
    write_json(path, {code: course.today().isoformat()} | read_record(path))
    return code


@turn()
def come_back(code: str) -> str:
    """Record that a trainee has returned to the class, and return the normalised code.

    Raise ``KitError`` if the trainee is not recorded as having left.
    """
    code = normalise(code)
    if not returned([code]):
        raise KitError(say("classroom.leavers.never_left", code=code))
    return code


def returned(codes: list[str]) -> list[str]:
    """Readmit all trainees in ``codes`` who had left, and return their codes.

    The caller must hold the ``turn`` lock.
    """
    gone = read_record(course.outcome_path(FILE))
    back = sorted(gone.keys() & set(codes))
    if back:
        write_json(course.outcome_path(FILE), {code: day for code, day in gone.items() if code not in back})
    return back
