"""Receive files in pieces into ``hop-thu/<batch>/``, from which ``collect`` takes them.

A browser sends a file in pieces of a megabyte, each with its place. A batch is written to a hidden folder and renamed
when the browser says that it is whole, so a half-sent batch is never collected. Nothing is opened or unpacked here.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path, PurePosixPath

from buuchinh import course
from buuchinh.errors import KitError
from buuchinh.files import reason, remove_tree, rename
from buuchinh.intake.filenames import safe
from buuchinh.messages import say

LARGEST_PIECE = 4_000_000
LARGEST_BATCH = 2_000_000_000
MOST_FILES = 2_000
_FREE = 500_000_000
"""Space in bytes that a batch must leave on the disk, for what is made of it."""
_DEEPEST = 6
KEPT = timedelta(days=30)
"""Time for which files that were brought stay in the box."""
_HALF_SENT = timedelta(days=1)
_BATCH = re.compile(r"\d{8}-\d{6}-[0-9a-f]{6}")
_SENDING = ".dang-nhan-"


class Refused(KitError):
    """A piece or batch that cannot be received; ``status`` is the HTTP status that says why."""

    def __init__(self, words: str, status: int, got: int = 0) -> None:
        """Store the sentence, the status and the number of bytes that are here of the file."""
        super().__init__(words)
        self.status, self.got = status, got


@dataclass(frozen=True)
class Batch:
    """Files that arrived together; ``files`` are their paths relative to ``folder``."""

    id: str
    folder: Path
    files: tuple[str, ...]
    at: datetime


def append(batch: str, name: str, offset: int, total: int, data: bytes) -> int:
    """Write a piece of the file ``name`` at ``offset``, and return how many bytes of it are here.

    A piece that is here already changes nothing. Raise ``Refused`` if the piece does not follow what is here, if the
    batch becomes too large, or if the disk is full.
    """
    folder = _sending(batch)
    if len(data) > LARGEST_PIECE or not 0 <= offset <= offset + len(data) <= total <= LARGEST_BATCH:
        raise Refused(say("desk.inbox.too_large"), 413)
    path = folder / place(name)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        here = path.stat().st_size if path.exists() else 0
        if offset + len(data) <= here and path.exists():
            return here
        if offset != here:
            raise Refused(say("desk.inbox.gap"), 409, here)
        _refuse_many(folder, path, total)
        with path.open("ab") as file:
            file.write(data)
            file.flush()
            if offset + len(data) == total:
                os.fsync(file.fileno())
        return offset + len(data)
    except OSError as error:
        full = error.errno in {errno.ENOSPC, errno.EDQUOT}
        raise Refused(say("desk.inbox.not_written", reason=reason(error)), 507 if full else 500) from error


def finish(batch: str, sizes: Sequence[tuple[str, int]]) -> Batch:
    """Make a batch whole; raise ``Refused`` with status 409 if one of its files is not here as a whole.

    ``sizes`` holds each file's name and its size in bytes. Doing it twice has no further effect.
    """
    target = _inbox() / _named(batch)
    folder = _sending(batch)
    if not target.is_dir():
        for name, size in sizes:
            path = folder / place(name)
            if not path.is_file() or path.stat().st_size != size:
                raise Refused(say("desk.inbox.not_whole", name=name), 409)
        if not sizes:
            raise Refused(say("desk.inbox.nothing"), 422)
        rename(folder, target)
    return _batch(target)


def batches() -> list[Batch]:
    """Return the batches that are here as a whole, newest first."""
    folders = [path for path in _inbox().glob("*") if path.is_dir() and _BATCH.fullmatch(path.name)]
    return [one for path in sorted(folders, reverse=True) if (one := _batch(path)).files]


def find(batch: str) -> Batch:
    """Return a batch; raise ``Refused`` if it is not here."""
    path = _inbox() / _named(batch)
    if not path.is_dir():
        raise Refused(say("desk.inbox.gone"), 404)
    return _batch(path)


def file_in(batch: str, where: str) -> Path | None:
    """Return the file of a batch that a decision of ``collect`` speaks of, or None if it is gone.

    ``where`` is the displayed path; what stands in a zip file is named below the zip file's own path.
    """
    folder = _inbox() / _named(batch)
    parts = PurePosixPath(where).parts[1:]
    for length in range(len(parts), 0, -1):
        path = folder.joinpath(*parts[:length])
        if ".." not in parts and path.is_file() and not path.is_symlink():
            return path
    return None


def remove_stored(batch: str, stored: Iterable[str]) -> None:
    """Remove the files of a batch that ``collect`` has stored as attempts; what it refused stays."""
    for where in stored:
        path = file_in(batch, where)
        if path and path.relative_to(_inbox() / batch).parts == PurePosixPath(where).parts[1:]:
            with contextlib.suppress(OSError):
                path.unlink()
    folder = _inbox() / _named(batch)
    if folder.is_dir() and not _batch(folder).files:
        remove_tree(folder)


def leave_out(batch: str, where: str) -> None:
    """Take a file that is no submission out of sight: ``collect`` skips it, and it goes with its batch.

    ``where`` is its displayed path. Raise ``Refused`` if it is not here.
    """
    path = file_in(batch, where)
    if path is None:
        raise Refused(say("desk.inbox.gone"), 404)
    rename(path, path.with_name(f".{path.name}"))


def left_out(batch: Batch) -> int:
    """Return how many files of a batch were said to be no submission."""
    return sum(PurePosixPath(name).name.startswith(".") for name in batch.files)


def remove(batch: str) -> None:
    """Remove a batch with all its files."""
    remove_tree(_inbox() / _named(batch))


def sweep_old(now: datetime) -> None:
    """Remove batches of which nobody wanted anything for ``KEPT``, and half-sent ones after a day."""
    for path in _inbox().glob("*"):
        most = _HALF_SENT if path.name.startswith(_SENDING) else KEPT
        with contextlib.suppress(OSError):  # gone meanwhile, or held by another program until the next sweep
            if path.is_dir() and now.timestamp() - path.stat().st_mtime > most.total_seconds():
                remove_tree(path)


def place(name: str) -> Path:
    """Return the relative path under which a file is stored; a name that leads elsewhere is made harmless."""
    parts = [part for part in re.split(r"[/\\]+", name) if part.strip(". ")]
    if not parts or len(parts) > _DEEPEST:  # folders that are left out keep two files of one name apart
        parts = [hashlib.sha256(name.encode()).hexdigest()[:8], *(parts[-1:] or ["_"])]
    return Path(*(safe(part.lstrip(".~$ ")) for part in parts))


def _refuse_many(folder: Path, path: Path, total: int) -> None:
    """Raise ``Refused`` if the file ``path``, once all of it is here, would be one too many or would fill the disk.

    This is asked for each piece, and counts what is stored, since a page may send more than it announced at first.
    """
    sizes = {one: one.stat().st_size for one in folder.rglob("*") if one.is_file()}
    here = sizes.pop(path, 0)
    if len(sizes) >= MOST_FILES or sum(sizes.values()) + total > LARGEST_BATCH:
        raise Refused(say("desk.inbox.too_large"), 413)
    if shutil.disk_usage(folder).free < total - here + _FREE:
        raise Refused(say("desk.inbox.full"), 507)


def _batch(path: Path) -> Batch:
    files = sorted(one.relative_to(path).as_posix() for one in path.rglob("*") if one.is_file())
    at = datetime.strptime(path.name[:15], "%Y%m%d-%H%M%S").astimezone()
    return Batch(path.name, path, tuple(files), at)


def _named(batch: str) -> str:
    if not _BATCH.fullmatch(batch):
        raise Refused(say("desk.inbox.gone"), 404)
    try:
        datetime.strptime(batch[:15], "%Y%m%d-%H%M%S").astimezone()
    except ValueError as error:
        raise Refused(say("desk.inbox.gone"), 404) from error
    return batch


def _sending(batch: str) -> Path:
    return _inbox() / f"{_SENDING}{_named(batch)}"


def _inbox() -> Path:
    return course.root() / course.INBOX
