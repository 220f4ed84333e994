"""Find, mark and remove the folder of the class to practise on.

It lies beside the course's folder and is named after it (``buuchinh-lop-thu``), so nothing that searches the course for
hand-ins, class lists or files to back up or hand out ever meets it. Its mark names the folder itself: a mark that was
copied elsewhere, or a folder that was moved, permits no removal.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from buuchinh import course
from buuchinh.errors import KitError
from buuchinh.files import UNFINISHED, read_record, reason, remove_tree, rename, write_json
from buuchinh.locks import locked
from buuchinh.messages import say

FORMAT = 1
_ENDING = "-lop-thu"
_LOCK = ".dang-lam"


def place() -> Path:
    """Return the practice class's folder, which need not exist.

    If the current course is itself a practice class, return its own folder.
    """
    root = course.root().resolve()
    return root if course.is_practice_class(root) else root.with_name(f"{root.name}{_ENDING}")


def mark(folder: Path, real: Path, *, ready: bool) -> None:
    """Mark ``folder`` as a class to practise on, made from the course ``real``; it is ``ready`` when it is filled."""
    made_at = datetime.now().astimezone().replace(microsecond=0).isoformat()
    content = {"format": FORMAT, "folder": str(folder), "course": str(real), "made_at": made_at, "ready": ready}
    write_json(folder / course.PRACTICE_MARK, content)


def is_ready(folder: Path) -> bool:
    """Return whether ``folder`` is a class to practise on that was made here and is filled."""
    return _is_ours(folder) and _mark(folder).get("ready") is True


def refuse_others(folder: Path) -> None:
    """Raise ``KitError`` if something is at ``folder`` that this package did not make there."""
    if os.path.lexists(folder) and not _is_ours(folder):
        way_out = say("practice_class.not_ours_way_out")
        raise KitError(say("practice_class.not_ours"), way_out, path=str(folder))


def remove() -> bool:
    """Remove the class to practise on, and return whether there was one; nothing else is touched.

    Raise ``KitError`` if the folder at its place was not made by this package, if it is being made at this moment, or
    if a file in it is in use (on Windows); then the folder stays whole.
    """
    folder = place()
    _remove_remains(folder)
    if not os.path.lexists(folder):
        return False
    refuse_others(folder)
    with being_made(folder):
        pass
    aside = Path(tempfile.mkdtemp(dir=folder.parent, prefix=_aside(folder)))
    try:
        rename(folder, aside / folder.name)
    except OSError as error:
        aside.rmdir()
        words = say("practice_class.in_use", reason=reason(error))
        raise KitError(words, say("practice_class.in_use_way_out"), path=str(folder)) from error
    remove_tree(aside)
    return True


@contextmanager
def being_made(folder: Path) -> Iterator[None]:
    """Hold the folder's lock; raise ``KitError`` if another process is making the class at this moment."""
    lock = locked(folder / _LOCK, most=0)
    try:
        lock.__enter__()
    except TimeoutError as error:
        way_out = say("practice_class.being_made_way_out")
        raise KitError(say("practice_class.being_made"), way_out, path=str(folder)) from error
    try:
        yield
    finally:
        lock.__exit__(None, None, None)


def _remove_remains(folder: Path) -> None:
    """Remove what a killed removal moved aside."""
    for aside in folder.parent.glob(f"{_aside(folder)}*"):
        inner = aside / folder.name
        if not aside.is_symlink() and (_mark(inner).get("folder") == str(folder) or not any(aside.iterdir())):
            remove_tree(aside)


def _aside(folder: Path) -> str:
    return f"{UNFINISHED}{folder.name}-"


def _is_ours(folder: Path) -> bool:
    """Return whether the folder has a mark that names this very folder; a link to such a folder has none of its own."""
    return folder.is_dir() and not folder.is_symlink() and _mark(folder).get("folder") == str(folder.resolve())


def _mark(folder: Path) -> dict[str, object]:
    with contextlib.suppress(KitError, OSError):
        return read_record(folder / course.PRACTICE_MARK)
    return {}
