"""Record when a trainee joined a class that had people already, in ``so-cham/vao-lop.json``.

The people of a class's first list are not recorded: the class began with them, whatever its deadlines are.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from buuchinh import course
from buuchinh.errors import KitError
from buuchinh.files import read_record, write_json

FILE = "vao-lop.json"


def joined() -> dict[str, datetime]:
    """Map the codes of newcomers to the time at which they joined; the mapping is empty if the file is damaged."""
    try:
        return {code: datetime.fromisoformat(at) for code, at in read_record(course.outcome_path(FILE)).items()}
    except (KitError, TypeError, ValueError):
        return {}


def keep(codes: Collection[str]) -> None:
    """Record that the trainees ``codes`` join now; the caller must hold the ``turn`` lock."""
    if codes:
        now = datetime.now().astimezone().isoformat(timespec="seconds")
        path = course.outcome_path(FILE)
        write_json(path, dict.fromkeys(sorted(codes), now) | read_record(path))
