"""One command over a class at a time: the second waits for the first and says so.

What a command that was killed left half written is removed by the next one.
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
from buuchinh.errors import KitError, Problem
from buuchinh.files import UNFINISHED, read_record, remove_tree, remove_unfinished, write_json
from buuchinh.locks import locked
from buuchinh.messages import say

LOCK = ".dang-cham"
RUNNING = ".dang-chay"
"""Lies beside the lock while a command runs; where it lies when one begins, the last one was killed."""
HALF_RESTORED = ".dang-khoi-phuc"
"""Lies beside the lock while a backup takes the place of the class, and names the backups that lead out of it."""

_has_turn: ContextVar[bool] = ContextVar("has_turn", default=False)
"""Whether this command has the turn; it changes what ``turn`` means, and nothing else.

It is no parameter, since commands call one another, and each takes the turn where it is called by itself.
"""


@contextmanager
def turn(*, restores: bool = False) -> Iterator[None]:
    """Run the body, or the function that this decorates, while no other command writes anything of the class.

    Within it whoever has the turn may ask for it again. Raises ``KitError`` where a restore was cut off: half of the
    class is of another day, and only what ``restores`` it may go on.
    """
    if _has_turn.get():
        yield
        return
    folder = course.root() / course.OUTCOMES
    with locked(folder / LOCK, waiting=_told):
        if not restores:
            _refuse_half_restored()
        token = _has_turn.set(True)
        mark = folder / RUNNING
        if mark.exists():
            sweep()
        with contextlib.suppress(OSError):  # of a full disk
            mark.touch()
        try:
            yield
        finally:
            _has_turn.reset(token)
            with contextlib.suppress(OSError):
                mark.unlink(missing_ok=True)


def _told() -> None:
    sys.stderr.write(say("classroom.turn.waiting") + "\n")
    sys.stderr.flush()


def sweep() -> None:
    """Remove unfinished files of the class; a trainee's own folder, in which a kernel may write, is left alone.

    What a restore was unpacking stays as long as the class is half restored.
    """
    for folder in course.PERSONAL_FOLDERS:
        if folder.name != course.WORK:
            remove_unfinished(gradebook.place(folder), below=True)
    if not half_restored().exists():
        for left in course.root().glob(f"{UNFINISHED}*"):
            with contextlib.suppress(OSError):
                remove_tree(left)


def half_restored() -> Path:
    """Return the file that lies there while a backup takes the place of the class."""
    return course.root() / course.OUTCOMES / HALF_RESTORED


def note_half_restored(backup: Path, before: Sequence[str]) -> None:
    """Note that ``backup`` is taking the place of the class, whose own backups are ``before``.

    Where an earlier restore was cut off, the class as a whole is in the backups from before that one.
    """
    with contextlib.suppress(KitError):
        before = read_record(half_restored()).get("before") or before
    write_json(half_restored(), {"backup": str(backup.resolve()), "before": list(before)})


def _refuse_half_restored() -> None:
    if not half_restored().exists():
        return
    try:
        told = read_record(half_restored())
        backup, before = str(told["backup"]), " ".join(map(str, told["before"]))
    except (KitError, KeyError, TypeError):
        backup, before = "", ""
    newest = gradebook.newest_backup()
    raise KitError(
        [
            Problem(
                "",
                0,
                say("classroom.turn.half_restored"),
                say("classroom.turn.half_restored_way_out", backup=backup or newest, before=before or newest),
            )
        ]
    )
