"""Run only one command at a time for a class; a second command prints a message and waits.

If a command was killed, the next command removes the unfinished files that it left.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from buuchinh import course
from buuchinh.classroom import gradebook
from buuchinh.errors import KitError
from buuchinh.files import read_record, remove_unfinished, write_json
from buuchinh.locks import locked
from buuchinh.messages import say

LOCK = ".dang-cham"
RUNNING = ".dang-chay"
"""File beside the lock while a command runs; if a command finds this file at its start, the last one was killed."""
HALF_RESTORED = ".dang-khoi-phuc"
"""File beside the lock while a backup is restored; it names the backups from which the class can be recovered."""

_has_turn: ContextVar[bool] = ContextVar("has_turn", default=False)
"""Whether this command holds the lock; only ``turn`` reads this variable.

It is not a parameter because commands call one another, and each must acquire the lock itself if it is called directly.
"""


@contextmanager
def turn(*, restores: bool = False) -> Iterator[None]:
    """Run the ``with`` block, or the decorated function, while no other command writes the class's data.

    The lock is reentrant. Raise ``KitError`` if an interrupted restore has left the class inconsistent; only commands
    that pass ``restores=True`` may then run.
    """
    if _has_turn.get():
        yield
        return
    folder = course.root() / course.OUTCOMES
    with locked(folder / LOCK, waiting=_announce_waiting):
        if not restores:
            _refuse_half_restored()
        token = _has_turn.set(True)
        mark = folder / RUNNING
        if mark.exists():
            sweep()
        with contextlib.suppress(OSError):  # the disk may be full
            mark.touch()
        try:
            yield
        finally:
            _has_turn.reset(token)
            with contextlib.suppress(OSError):
                mark.unlink(missing_ok=True)


def _announce_waiting() -> None:
    sys.stderr.write(say("classroom.turn.waiting") + "\n")
    sys.stderr.flush()


def sweep() -> None:
    """Remove the unfinished files of the class and its units, except where trainees' kernels or jobs may be writing.

    Files left by an interrupted restore remain until a restore has been completed.
    """
    jobs = course.root() / course.OUTCOMES / course.JOBS
    for folder in course.PERSONAL_FOLDERS:
        if folder.name != course.WORK:
            remove_unfinished(gradebook.place(folder), below=True, skip=jobs)
    for name in (course.SOURCE, course.EXERCISES, course.BANKS):
        remove_unfinished(course.root() / name, below=True)
    if not half_restored().exists():
        remove_unfinished(course.root(), files=True)


def marks_lock() -> Path:
    """Return the file that is locked while marks are written by hand, and while a restoration takes their place."""
    return course.root() / course.OUTCOMES / ".cham-tay"


def half_restored() -> Path:
    """Return the path of the file that exists while a backup is restored."""
    return course.root() / course.OUTCOMES / HALF_RESTORED


def note_half_restored(backup: Path, before: Sequence[str]) -> None:
    """Record that ``backup`` is being restored; ``before`` names the backups of the class as it is now.

    If an earlier restore was interrupted, the backups recorded before that restore are kept instead of ``before``.
    """
    with contextlib.suppress(KitError):
        before = read_record(half_restored()).get("before") or before
    write_json(half_restored(), {"backup": str(backup.resolve()), "before": list(before)})


def _refuse_half_restored() -> None:
    if not half_restored().exists():
        return
    try:
        record = read_record(half_restored())
        backup, before = str(record["backup"]), " ".join(map(str, record["before"]))
    except (KitError, KeyError, TypeError):
        backup, before = "", ""
    newest = gradebook.newest_backup()
    raise KitError(
        say("classroom.turn.half_restored"),
        say("classroom.turn.half_restored_way_out", backup=backup or newest, before=before or newest),
    )
